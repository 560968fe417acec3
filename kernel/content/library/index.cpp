// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/index.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "kernel/content/library/entry_text.hpp"
#include "kernel/content/library/index_tables.hpp"

namespace sz::library {

namespace {

constexpr const char* pack_columns =
    "SELECT row, id, version, name, author, license, description, icon, digest, installed_at, "
    "first_entry, end_entry, "
    "datasets, "
    "templates, files, bytes FROM packs";

PackRow pack_of(const Row& row) {
    PackRow pack;
    pack.row = row.integer(0);
    pack.id = row.text(1);
    pack.version = row.text(2);
    pack.name = row.text(3);
    pack.author = row.text(4);
    pack.license = row.text(5);
    pack.description = row.text(6);
    pack.icon = row.text(7);
    pack.digest = row.text(8);
    pack.installed_at = row.integer(9);
    pack.first_entry = row.integer(10);
    pack.end_entry = row.integer(11);
    pack.entries = static_cast<std::uint64_t>(pack.end_entry - pack.first_entry);
    pack.datasets = static_cast<std::uint64_t>(row.integer(12));
    pack.templates = static_cast<std::uint64_t>(row.integer(13));
    pack.files = static_cast<std::uint64_t>(row.integer(14));
    pack.bytes = static_cast<std::uint64_t>(row.integer(15));
    return pack;
}

// The rows of a search lie anywhere in the index.
constexpr std::uint64_t search_cache_bytes = 16ULL * 1024 * 1024;

// A borrowed member that is text; empty when it is missing.
std::string_view text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string()
               ? std::string_view(found->get_ref<const std::string&>())
               : std::string_view();
}

// Adds one pack inside a transaction.
class PackWriter {
  public:
    PackWriter(Database& database, const Words& words, const FieldTypes& fields,
               const ProgressFn& progress, std::size_t total)
        : database_(database), words_(words), text_(fields), progress_(progress), total_(total) {}

    Status write(const CheckedPack& pack, const PackFacts& facts) {
        SZ_ASSIGN(const auto last, database_.integer("SELECT max(end_entry) FROM packs"));
        first_ = next_ = std::max<std::int64_t>(last.value_or(1), 1);
        SZ_TRY(write_pack(pack, facts));
        const std::int64_t row = database_.last_row_id();
        for (const PackObject& object : pack.objects) SZ_TRY(write_object(row, object));
        return database_.execute("UPDATE packs SET end_entry = ?2 WHERE row = ?1", {row, next_});
    }

  private:
    Status write_pack(const CheckedPack& pack, const PackFacts& facts) {
        const auto datasets =
            std::count_if(pack.objects.begin(), pack.objects.end(),
                          [](const PackObject& object) { return object.type == "dataset"; });
        const auto translations =
            std::count_if(pack.objects.begin(), pack.objects.end(),
                          [](const PackObject& object) { return object.type == "translation"; });
        const auto templates =
            static_cast<std::int64_t>(pack.objects.size()) - datasets - translations;
        const std::string manifest = pack.manifest.dump();
        return database_.execute_borrowed(
            "INSERT INTO packs(id, version, name, author, license, description, icon, manifest, "
            "digest, installed_at, "
            "first_entry, "
            "end_entry, datasets, templates, files, bytes) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            {text_of(pack.manifest, "id"), text_of(pack.manifest, "version"),
             text_of(pack.manifest, "name"), text_of(pack.manifest, "author"),
             text_of(pack.manifest, "license"), text_of(pack.manifest, "description"),
             text_of(pack.manifest, "icon"), manifest, facts.digest, facts.installed_at, first_,
             first_, static_cast<std::int64_t>(datasets), templates,
             static_cast<std::int64_t>(facts.files), static_cast<std::int64_t>(facts.bytes)});
    }

    Status write_object(std::int64_t pack, const PackObject& object) {
        const bool is_dataset = object.type == "dataset";
        is_translation_ = object.type == "translation";
        const std::int64_t begin = next_;
        // A dataset's entries are kept one by one; a template is small and always wanted as a
        // whole.
        SZ_TRY(database_.execute_borrowed(
            "INSERT INTO objects(pack, id, type, name, description, icon, dataset_type, path, "
            "first_entry, end_entry, json) "
            "VALUES(?,?,?,?,?,?,?,?,?,?,?)",
            {pack, std::string_view(object.id), std::string_view(object.type),
             text_of(object.json, "name"), text_of(object.json, "description"),
             text_of(object.json, "icon"), text_of(object.json, "datasetType"),
             std::string_view(object.path), begin, begin,
             std::string_view(is_dataset ? std::string() : head_of(object.json))}));
        if (!is_dataset && !is_translation_) return {};
        const std::int64_t row = database_.last_row_id();
        if (const auto entries = object.json.find("entries");
            entries != object.json.end() && entries->is_object()) {
            for (const auto& [key, entry] : entries->items()) SZ_TRY(write_entry(row, key, entry));
        }
        return database_.execute("UPDATE objects SET end_entry = ?2 WHERE row = ?1", {row, next_});
    }

    // A template as a whole; of a translation what is not about single entries.
    [[nodiscard]] std::string head_of(const Json& object) const {
        if (!is_translation_) return object.dump();
        Json head = object;
        head.erase("entries");
        return head.dump();
    }

    Status write_entry(std::int64_t object, const std::string& id, const Json& entry) {
        constexpr std::size_t entries_per_report = 16;
        if (++done_ % entries_per_report == 0 && !progress_(done_, total_, "index")) {
            return fail(ErrorKind::cancelled, "SZ-LIB-030",
                        "The import was cancelled; nothing was installed.");
        }
        const std::int64_t row = next_++;
        const std::string_view name = text_of(entry, "name");
        const std::string key = words_.key(name);
        const std::string body = is_translation_ ? translated_text(entry) : text_.of(entry);
        const std::string json = entry.dump();
        SZ_TRY(database_.execute_borrowed(
            "INSERT INTO entries(row, object, id, name, icon, key) VALUES(?,?,?,?,?,?)",
            {row, object, std::string_view(id), name, text_of(entry, "icon"),
             std::string_view(key)}));
        SZ_TRY(database_.execute_borrowed("INSERT INTO records(row, json) VALUES(?,?)",
                                          {row, std::string_view(json)}));
        SZ_TRY(database_.execute_borrowed("INSERT INTO bodies(row, text) VALUES(?,?)",
                                          {row, std::string_view(body)}));
        SZ_TRY(database_.execute_borrowed("INSERT INTO names(rowid, key) VALUES(?,?)",
                                          {row, std::string_view(key)}));
        return database_.execute_borrowed("INSERT INTO texts(rowid, text) VALUES(?,?)",
                                          {row, std::string_view(body)});
    }

    Database& database_;
    const Words& words_;
    EntryText text_;
    const ProgressFn& progress_;
    std::size_t total_;
    std::size_t done_ = 0;
    bool is_translation_ = false;  // the object that is being written
    std::int64_t first_ = 1;
    std::int64_t next_ = 1;
};

}  // namespace

Result<Index> Index::open(const std::filesystem::path& file, const char* vfs) {
    SZ_ASSIGN(Words words, Words::create());
    SZ_ASSIGN(Database database,
              Database::open(file, {.durability = Durability::normal, .vfs = vfs}));
    SZ_ASSIGN(const auto version, database.integer("PRAGMA user_version"));
    if (version.value_or(0) != index_version) {
        const auto begin = [&]() -> Status {
            SZ_TRY(database.script(settings_table));
            SZ_TRY(database.script(drop_tables));
            SZ_TRY(database.script(make_tables));
            return database.script("PRAGMA user_version = " + std::to_string(index_version));
        };
        SZ_TRY(database.transaction(begin));
    }
    return Index(std::move(database), std::move(words));
}

Result<Database> Index::open_reader(const std::filesystem::path& file) {
    return Database::open(
        file,
        {.durability = Durability::normal, .cache_bytes = search_cache_bytes, .check = false});
}

Status Index::add(const CheckedPack& pack, const PackFacts& facts, const FieldTypes& fields,
                  const ProgressFn& progress) {
    PackWriter writer(database_, words_, fields, progress, pack.entries);
    return database_.transaction([&] { return writer.write(pack, facts); });
}

Status Index::remove(std::string_view id, std::string_view version) {
    SZ_ASSIGN(const auto found, find(id, version));
    if (!found) return {};
    const std::int64_t begin = found->first_entry;
    const std::int64_t end = found->end_entry;
    const auto work = [&]() -> Status {
        // The full-text tables keep no text of their own: they are told what to forget, while it is
        // still there.
        SZ_TRY(database_.execute(
            "INSERT INTO names(names, rowid, key) SELECT 'delete', row, key FROM entries "
            "WHERE row >= ?1 AND row < ?2",
            {begin, end}));
        SZ_TRY(database_.execute(
            "INSERT INTO texts(texts, rowid, text) SELECT 'delete', row, text FROM bodies "
            "WHERE row >= ?1 AND row < ?2",
            {begin, end}));
        SZ_TRY(database_.execute("DELETE FROM entries WHERE row >= ?1 AND row < ?2", {begin, end}));
        SZ_TRY(database_.execute("DELETE FROM records WHERE row >= ?1 AND row < ?2", {begin, end}));
        SZ_TRY(database_.execute("DELETE FROM bodies WHERE row >= ?1 AND row < ?2", {begin, end}));
        SZ_TRY(database_.execute("DELETE FROM objects WHERE pack = ?1", {found->row}));
        return database_.execute("DELETE FROM packs WHERE row = ?1", {found->row});
    };
    return database_.transaction(work);
}

Result<std::optional<PackRow>> Index::find(std::string_view id, std::string_view version) {
    std::optional<PackRow> found;
    SZ_TRY(database_.query(std::string(pack_columns) + " WHERE id = ?1 AND version = ?2",
                           {std::string(id), std::string(version)}, [&](const Row& row) {
                               found = pack_of(row);
                               return false;
                           }));
    return found;
}

std::vector<std::string> Index::versions(std::string_view id) {
    std::vector<std::string> found;
    const auto done = database_.query("SELECT version FROM packs WHERE id = ?1", {std::string(id)},
                                      [&](const Row& row) {
                                          found.emplace_back(row.text(0));
                                          return true;
                                      });
    return done ? found : std::vector<std::string>{};
}

bool Index::has(std::string_view id, std::string_view version, std::string_view object,
                std::string_view entry) {
    const std::string of_object =
        "SELECT objects.row FROM packs JOIN objects ON objects.pack = packs.row WHERE packs.id = "
        "?1 AND version = ?2 AND "
        "objects.id = ?3";
    const auto row =
        database_.integer(of_object, {std::string(id), std::string(version), std::string(object)});
    if (!row || !*row) return false;
    if (entry.empty()) return true;
    const auto found = database_.integer(
        "SELECT 1 FROM entries WHERE object = ?1 AND id = ?2 AND id = ?2 COLLATE BINARY",
        {**row, std::string(entry)});
    return found && *found;
}

std::vector<PackDependency> dependencies_of(std::string_view manifest) {
    std::vector<PackDependency> found;
    const auto json = parse_json(manifest);
    const auto list =
        json && json->is_object() ? json->value("dependencies", Json::array()) : Json::array();
    for (const auto& each : list)
        found.push_back(
            {string_or(each, "id"), string_or(each, "version"), string_or(each, "name")});
    return found;
}

std::vector<PackDependency> Index::dependencies(std::string_view id, std::string_view version) {
    std::vector<PackDependency> found;
    const auto done = database_.query("SELECT manifest FROM packs WHERE id = ?1 AND version = ?2",
                                      {std::string(id), std::string(version)}, [&](const Row& row) {
                                          found = dependencies_of(row.text(0));
                                          return false;
                                      });
    return done ? found : std::vector<PackDependency>{};
}

Result<std::optional<std::string>> Index::setting(std::string_view key) {
    std::optional<std::string> value;
    SZ_TRY(database_.query("SELECT value FROM settings WHERE key = ?1", {std::string(key)},
                           [&](const Row& row) {
                               value = std::string(row.text(0));
                               return false;
                           }));
    return value;
}

Status Index::set_setting(std::string_view key, std::string_view value) {
    return database_.execute("INSERT OR REPLACE INTO settings(key, value) VALUES(?1, ?2)",
                             {std::string(key), std::string(value)});
}

Result<std::vector<PackRow>> read_packs(Database& database) {
    std::vector<PackRow> packs;
    SZ_TRY(database.query(pack_columns, {}, [&](const Row& row) {
        packs.push_back(pack_of(row));
        return true;
    }));
    std::sort(packs.begin(), packs.end(), [](const PackRow& a, const PackRow& b) {
        if (a.id != b.id) return std::tie(a.name, a.id) < std::tie(b.name, b.id);
        return version_less(b.version, a.version);
    });
    return packs;
}

}  // namespace sz::library
