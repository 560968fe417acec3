// SPDX-License-Identifier: AGPL-3.0-or-later
#include "pack.hpp"

#include <memory>
#include <set>
#include <vector>

#include "dataset.hpp"
#include "limits.hpp"
#include "options.hpp"
#include "sources.hpp"
#include "table.hpp"
#include "words.hpp"

namespace csv {
namespace {

namespace fs = std::filesystem;

Outcome outcome_of(Sources::Outcome outcome) {
    return outcome == Sources::Outcome::unreadable ? Outcome::unreadable : Outcome::too_large;
}

void member(JsonOut& out, std::string_view key, std::uint64_t number) {
    out.key(key);
    out.raw_value(std::to_string(number));
}

// What was read, written and left out so far.
class Account {
  public:
    void add(const Table& table, std::uint64_t entries) {
        read_ += table.read_rows();
        written_ += entries;
        empty_ += table.empty_rows();
        if (table.empty_rows() > 0) {
            left_out_.open('{');
            left_out_.member("what", "rows of " + table.file());
            left_out_.member("why", "they are empty");
            member(left_out_, "count", table.empty_rows());
            left_out_.close('}');
        }
        for (const Column& column : table.columns()) {
            columns_.open('{');
            columns_.member("file", table.file());
            columns_.member("column", column.heading);
            columns_.member(
                "type", table.is_field(column) ? name_of(column.reading.type) : "the entry's name");
            columns_.member("why", table.is_field(column) ? column.reading.why : "");
            member(columns_, "values", column.filled);
            columns_.close('}');
        }
    }
    [[nodiscard]] bool adds_up() const { return read_ == written_ + empty_; }
    [[nodiscard]] std::string text() const {
        JsonOut out;
        out.open('{');
        member(out, "read", read_);
        member(out, "written", written_);
        out.key("left_out");
        out.raw_value("[" + left_out_.text + "]");
        out.key("columns");
        out.raw_value("[" + columns_.text + "]");
        out.close('}');
        return std::move(out.text);
    }

  private:
    std::uint64_t read_ = 0, written_ = 0, empty_ = 0;
    JsonOut left_out_, columns_;  // items, with commas between them
};

// One import, from its options to its account.
class Import {
  public:
    Import(const fs::path& path, const PutFile& put, const Tick& tick, Faults& faults)
        : path_(path), put_(put), tick_(tick), all_(faults), faults_([this](const Fault& fault) {
              // What holds for every table of a folder is said once.
              if (fault.code != "SZ-CSV-014" || said_.insert(fault.file + fault.message).second)
                  all_.add(fault);
          }) {}

    Outcome run(std::string_view options) {
        if (const auto listed = list(path_, sources_, faults_); listed != Sources::Outcome::done)
            return outcome_of(listed);
        given_ = options_of(options, "", faults_);
        const std::string beside = name_of_options(path_);
        if (const auto text = options_beside(path_, faults_))
            beside_ = options_of(*text, beside, faults_);
        shared_ = joined(given_, beside_, faults_);
        refuse_one_name_for_all();
        version_ = shared_.version ? shared_.version->value : "1.0.0";
        for (std::size_t i = 0; i < sources_.files.size(); ++i) {
            step_ = i;
            if (const Outcome done = table(sources_.files[i]); done != Outcome::done) return done;
        }
        asked_.report(faults_);
        if (faults_.failed()) return Outcome::invalid;
        return put_("szpack.json", manifest()) ? Outcome::done : Outcome::refused;
    }
    [[nodiscard]] std::string account() const { return account_.text(); }
    [[nodiscard]] bool adds_up() const { return account_.adds_up(); }

  private:
    bool go_on(const std::string& what) { return tick_(step_, sources_.files.size(), what); }

    void refuse_one_name_for_all() {
        if (sources_.files.size() < 2 || !shared_.dataset_name) return;
        faults_.add({Severity::error,
                     "SZ-CSV-013",
                     shared_.dataset_name->by,
                     {},
                     {},
                     "The option “datasetName” would give several tables one name.",
                     "Put it into the file of options beside each table, such as " +
                         name_of_options(sources_.files.front()) + "."});
    }

    Options options_for(const fs::path& file) {
        if (!sources_.is_folder) return shared_;
        const auto text = options_beside(file, faults_);
        if (!text) return shared_;
        Options own = options_of(*text, name_of_options(file), faults_);
        only_table(own, name_of_options(path_), faults_);
        return joined(joined(given_, own, faults_), beside_, faults_);
    }

    Outcome table(const fs::path& file) {
        const std::string name = name_of(file);
        if (!go_on(name)) return Outcome::cancelled;
        const Options options = options_for(file);
        std::string bytes;
        if (const auto loaded = load(file, bytes_read_, bytes, faults_);
            loaded != Sources::Outcome::done)
            return outcome_of(loaded);
        Table table;
        // After an error the other tables are still read, so that one run reports all faults.
        if (!table.read(name, std::move(bytes), options, asked_, faults_)) return Outcome::done;
        const std::string stem = stem_of(file);
        const DatasetName dataset{
            ids_.take(slug(stem)),
            options.dataset_name ? options.dataset_name->value : title_of(stem), version_};
        DatasetText written;
        bool cancelled = false;
        const auto look = [&] { return !(cancelled = !go_on(name)); };
        if (!write_dataset(table, dataset, look, faults_, values_, written))
            return cancelled ? Outcome::cancelled : Outcome::done;
        account_.add(table, written.entries);
        bytes_written_ += written.text.size();
        if (bytes_written_ > limits::pack_bytes_max) return too_large(table);
        const std::string to = "objects/datasets/" + dataset.id + ".json";
        return put_(to, written.text) ? Outcome::done : Outcome::refused;
    }

    Outcome too_large(const Table& table) {
        table.add(faults_, Severity::error, "SZ-CSV-002", {},
                  "With this table the pack is larger than 120 MiB of JSON.",
                  "Divide the tables over several folders: each becomes a pack.");
        return Outcome::too_large;
    }

    std::string manifest() {
        const std::string name =
            shared_.pack_name ? shared_.pack_name->value : title_of(stem_of(path_));
        const std::string id = shared_.pack_id ? shared_.pack_id->value : uuid_of(name);
        JsonOut out;
        out.open('{');
        out.member("id", id);
        out.member("name", name);
        out.member("version", version_);
        if (shared_.author) out.member("author", shared_.author->value);
        if (shared_.license) out.member("license", shared_.license->value);
        out.member("description", "Made from the table" +
                                      std::string(sources_.is_folder ? "s in “" : " “") +
                                      name_of(path_) + "”.");
        out.member("sessionZeroVersion", "1.0.0");
        out.key("dependencies");
        out.raw_value("[]");
        out.close('}');
        faults_.add({Severity::note,
                     "SZ-CSV-017",
                     name_of(path_),
                     {},
                     {},
                     "The pack is “" + name + "” " + version_ + ", with the id " + id +
                         (shared_.pack_id ? "." : ", made from that name."),
                     "To bring a changed table into a library that has the pack, give it a higher "
                     "{\"version\": \"1.0.1\"}. {\"packName\": \"…\"} and {\"packId\": \"…\"} make "
                     "another pack of it. They are said with --options, or in " +
                         name_of_options(path_) + " beside it."});
        return out.text + "\n";
    }

    const fs::path& path_;
    const PutFile& put_;
    const Tick& tick_;
    Faults& all_;
    Faults faults_;
    std::set<std::string> said_;
    Sources sources_;
    Options given_, beside_, shared_;  // `shared_` is the first two joined
    AskedColumns asked_;
    UniqueIds ids_;
    Account account_;
    std::string version_;
    std::size_t step_ = 0, bytes_read_ = 0, bytes_written_ = 0;
    std::uint64_t values_ = 0;
};

}  // namespace

Conversion convert(const fs::path& path, std::string_view options, const PutFile& put,
                   const Tick& tick, Faults& faults) {
    Import import(path, put, tick, faults);
    const Outcome outcome = import.run(options);
    if (outcome != Outcome::done) return {outcome, {}};
    if (!import.adds_up()) {
        faults.add({Severity::error,
                    "SZ-CSV-019",
                    "",
                    {},
                    {},
                    "The rows that were read are not those that are accounted for.",
                    "This is a defect of the importer; please report it."});
        return {Outcome::miscounted, {}};
    }
    return {outcome, import.account()};
}

}  // namespace csv
