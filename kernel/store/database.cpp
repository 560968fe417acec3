// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/store/database.hpp"

#include <sqlite3.h>

#include <cstdio>
#include <system_error>
#include <unordered_map>

#include "kernel/store/full_text.hpp"
#include "kernel/store/sqlite_error.hpp"

namespace sz {

namespace {

constexpr int busy_timeout_ms = 5000;
constexpr std::size_t kept_statements_max =
    64;  // a room has a few dozen; past that something builds SQL from data

struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

struct CloseConnection {
    void operator()(sqlite3* connection) const noexcept { sqlite3_close_v2(connection); }
};
using Connection = std::unique_ptr<sqlite3, CloseConnection>;

sqlite3_stmt* statement_of(void* pointer) { return static_cast<sqlite3_stmt*>(pointer); }

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>{}(text);
    }
};

// Binds without a copy: SQLITE_STATIC holds because every statement is reset and cleared before the
// call returns.
struct Bind {
    sqlite3_stmt* statement;
    int index;

    int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, index); }
    int operator()(std::int64_t number) const {
        return sqlite3_bind_int64(statement, index, number);
    }
    int operator()(double number) const { return sqlite3_bind_double(statement, index, number); }
    int operator()(std::string_view text) const {
        // A null pointer would bind NULL; an empty text is a value.
        return sqlite3_bind_text64(statement, index, text.empty() ? "" : text.data(), text.size(),
                                   SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(const std::string& text) const { return (*this)(std::string_view(text)); }
    int operator()(const Blob& blob) const {
        return sqlite3_bind_blob64(statement, index, blob.bytes.empty() ? "" : blob.bytes.data(),
                                   blob.bytes.size(), SQLITE_STATIC);
    }
};

}  // namespace

std::int64_t Row::integer(int column) const {
    return sqlite3_column_int64(statement_of(statement_), column);
}
double Row::real(int column) const {
    return sqlite3_column_double(statement_of(statement_), column);
}
bool Row::is_null(int column) const {
    return sqlite3_column_type(statement_of(statement_), column) == SQLITE_NULL;
}
std::string_view Row::text(int column) const {
    auto* statement = statement_of(statement_);
    const void* bytes = sqlite3_column_type(statement, column) == SQLITE_BLOB
                            ? sqlite3_column_blob(statement, column)
                            : static_cast<const void*>(sqlite3_column_text(statement, column));
    if (bytes == nullptr) return {};
    return {static_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

struct Database::Impl {
    std::string file;
    Connection connection;
    // Prepared statements. One that runs is taken out and leaves its place empty, so a query may
    // run the same text inside its own row callback.
    std::unordered_map<std::string, Statement, TextHash, std::equal_to<>> idle;
    bool in_transaction = false;
    std::function<bool()> goes_on;  // asked by SQLite during a statement
    bool is_stopped = false;        // it said no

    [[nodiscard]] tl::unexpected<Error> error() const {
        // A stop inside the full-text index may come out of it as damage.
        if (is_stopped) return fail(sqlite_stopped(file));
        return fail(sqlite_error(connection.get(), file));
    }

    [[nodiscard]] Result<Statement> take(std::string_view sql) {
        if (const auto found = idle.find(sql); found != idle.end() && found->second)
            return std::move(found->second);
        sqlite3_stmt* raw = nullptr;
        const int code =
            sqlite3_prepare_v3(connection.get(), sql.data(), static_cast<int>(sql.size()),
                               SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
        if (code != SQLITE_OK) return error();
        return Statement(raw);
    }

    void give_back(std::string_view sql, Statement statement) {
        sqlite3_reset(statement.get());
        sqlite3_clear_bindings(statement.get());
        if (const auto found = idle.find(sql); found != idle.end()) {
            found->second = std::move(statement);
            return;
        }
        if (idle.size() >= kept_statements_max) idle.erase(idle.begin());
        idle.emplace(sql, std::move(statement));
    }

    template <class Values>
    [[nodiscard]] Status run(std::string_view sql, const Values& values,
                             const std::function<bool(const Row&)>* row) {
        SZ_ASSIGN(Statement statement, take(sql));
        if (sqlite3_bind_parameter_count(statement.get()) != static_cast<int>(values.size())) {
            return fail(ErrorKind::internal, "SZ-STORE-003",
                        "A database statement got the wrong number of values.", {}, file);
        }
        int code = SQLITE_OK;
        int index = 0;
        for (const auto& value : values) {
            ++index;
            if (code == SQLITE_OK) code = std::visit(Bind{statement.get(), index}, value);
        }
        if (code == SQLITE_OK) {
            const Row current(statement.get());
            while ((code = sqlite3_step(statement.get())) == SQLITE_ROW) {
                if (row != nullptr && !(*row)(current)) break;
            }
        }
        if (code != SQLITE_DONE && code != SQLITE_ROW) {
            auto failed = error();
            give_back(sql, std::move(statement));
            return failed;
        }
        give_back(sql, std::move(statement));
        return {};
    }

    // A zero-length file with private rights is a database to SQLite, and its journal files get the
    // same rights. "x" makes it only if it is not there: nobody can have it open, so closing it
    // drops nobody's locks.
    void make_private() const {
        if (std::FILE* made = std::fopen(file.c_str(), "wx"); made != nullptr) std::fclose(made);
        std::error_code ignored;
        std::filesystem::permissions(
            file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
            ignored);
    }

    [[nodiscard]] Status connect(const Options& options) {
        const bool is_file = file != ":memory:";
        if (is_file && !options.read_only) make_private();
        const int access =
            options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        sqlite3* raw = nullptr;
        const int code =
            sqlite3_open_v2(file.c_str(), &raw, access | SQLITE_OPEN_NOMUTEX, options.vfs);
        connection.reset(raw);
        if (code != SQLITE_OK) {
            const Error reason = sqlite_error(raw, file);
            return fail(ErrorKind::environment, "SZ-STORE-001",
                        "The database file cannot be opened: " + reason.message,
                        "Check that its folder exists and that you may write there.", file);
        }
        sqlite3_extended_result_codes(raw, 1);
        sqlite3_busy_timeout(raw, busy_timeout_ms);
        sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
        sqlite3_limit(raw, SQLITE_LIMIT_ATTACHED, 0);
        // Without full-text search everything but the library works, and Words::create() says what
        // is missing.
        (void)register_bounded_rank(raw);
        return {};
    }

    [[nodiscard]] Status configure(Database& self, const Options& options) {
        if (!options.read_only) {
            SZ_TRY(self.script("PRAGMA journal_mode = WAL"));
            SZ_TRY(self.script(options.durability == Durability::full
                                   ? "PRAGMA synchronous = FULL"
                                   : "PRAGMA synchronous = NORMAL"));
        }
        SZ_TRY(self.script("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY"));
        SZ_TRY(self.script("PRAGMA cache_size = -" + std::to_string(options.cache_bytes / 1024)));
        SZ_ASSIGN(const auto tables, self.integer("SELECT count(*) FROM sqlite_schema"));
        SZ_ASSIGN(const auto pages, self.integer("PRAGMA page_count"));
        SZ_ASSIGN(const auto page_bytes, self.integer("PRAGMA page_size"));
        const auto bytes = static_cast<std::uint64_t>(pages.value_or(0)) *
                           static_cast<std::uint64_t>(page_bytes.value_or(0));
        if (options.check && tables.value_or(0) > 0 && bytes <= checked_bytes_max)
            SZ_TRY(self.check());
        return {};
    }
};

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

// Closing the last connection checkpoints the WAL; statements go first because they hold the
// connection.
Database::~Database() {
    if (impl_) impl_->idle.clear();
}

Result<Database> Database::open(const std::filesystem::path& file, const Options& options) {
    auto impl = std::make_unique<Impl>();
    impl->file = file.string();
    SZ_TRY(impl->connect(options));
    Database database(std::move(impl));
    SZ_TRY(database.impl_->configure(database, options));
    return database;
}

Status Database::execute(std::string_view sql, std::span<const Value> values) {
    return impl_->run(sql, values, nullptr);
}
Status Database::execute(std::string_view sql, std::initializer_list<Value> values) {
    return impl_->run(sql, values, nullptr);
}
Status Database::execute_borrowed(std::string_view sql, std::initializer_list<ValueView> values) {
    return impl_->run(sql, values, nullptr);
}
Status Database::query(std::string_view sql, std::span<const Value> values,
                       const std::function<bool(const Row&)>& row) {
    return impl_->run(sql, values, &row);
}
Status Database::query(std::string_view sql, std::initializer_list<Value> values,
                       const std::function<bool(const Row&)>& row) {
    return impl_->run(sql, values, &row);
}

Result<std::optional<std::int64_t>> Database::integer(std::string_view sql,
                                                      std::initializer_list<Value> values) {
    std::optional<std::int64_t> found;
    SZ_TRY(query(sql, values, [&](const Row& row) {
        if (!row.is_null(0)) found = row.integer(0);
        return false;
    }));
    return found;
}

Status Database::script(std::string_view sql) {
    const std::string text(sql);
    if (sqlite3_exec(impl_->connection.get(), text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return impl_->error();
    return {};
}

Status Database::transaction(const std::function<Status()>& work) {
    if (impl_->in_transaction) {
        return fail(ErrorKind::internal, "SZ-STORE-003",
                    "A database transaction was begun inside another.", {}, impl_->file);
    }
    SZ_TRY(execute("BEGIN IMMEDIATE", {}));
    // Whatever leaves this function without a commit takes everything back, exceptions included.
    struct Open {
        Impl& impl;
        ~Open() {
            impl.in_transaction = false;
            if (sqlite3_get_autocommit(impl.connection.get()) == 0) {
                sqlite3_exec(impl.connection.get(), "ROLLBACK", nullptr, nullptr, nullptr);
            }
        }
    };
    impl_->in_transaction = true;
    const Open open{*impl_};
    SZ_TRY(work());
    return execute("COMMIT", {});
}

Status Database::read_together(const std::function<Status()>& work) {
    SZ_TRY(execute("BEGIN", {}));
    // Nothing was changed, so that nothing is lost in taking it back.
    struct Open {
        sqlite3* connection;
        ~Open() { sqlite3_exec(connection, "ROLLBACK", nullptr, nullptr, nullptr); }
    };
    const Open open{impl_->connection.get()};
    return work();
}

void* Database::connection() const noexcept { return impl_->connection.get(); }

std::int64_t Database::last_row_id() const noexcept {
    return sqlite3_last_insert_rowid(impl_->connection.get());
}
void Database::watch(std::function<bool()> goes_on) {
    constexpr int steps_per_question = 50;  // one may rank a row of full text
    impl_->goes_on = std::move(goes_on);
    impl_->is_stopped = false;
    const auto ask = [](void* self) -> int {
        auto& impl = *static_cast<Impl*>(self);
        try {
            impl.is_stopped = impl.is_stopped || !impl.goes_on();
        } catch (...) {  // C stands above
            impl.is_stopped = true;
        }
        return impl.is_stopped ? 1 : 0;
    };
    sqlite3_progress_handler(impl_->connection.get(), impl_->goes_on ? steps_per_question : 0,
                             impl_->goes_on ? +ask : nullptr, impl_.get());
}

void Database::interrupt() noexcept { sqlite3_interrupt(impl_->connection.get()); }

Status Database::check() {
    std::string answer;
    SZ_TRY(query("PRAGMA quick_check(1)", {}, [&](const Row& row) {
        answer = std::string(row.text(0));
        return false;
    }));
    if (answer == "ok") return {};
    return fail(ErrorKind::environment, "SZ-STORE-002", "The database file is damaged.",
                "Restore it from a backup or a snapshot; the file itself was left as it is.",
                impl_->file);
}

Status Database::migrate(std::span<const std::string_view> migrations) {
    SZ_ASSIGN(const auto stored, integer("PRAGMA user_version"));
    const auto version = stored.value_or(0);
    const auto wanted = static_cast<std::int64_t>(migrations.size());
    if (version < 0 || version > wanted) {
        return fail(ErrorKind::environment, "SZ-STORE-004",
                    "The database file was written by a newer version of SessionZero (its schema "
                    "is number " +
                        std::to_string(version) + ", this program knows " + std::to_string(wanted) +
                        ").",
                    "Open it with that version, or update this one.", impl_->file);
    }
    for (std::int64_t next = version; next < wanted; ++next) {
        const auto step = [&]() -> Status {
            SZ_TRY(script(migrations[static_cast<std::size_t>(next)]));
            return script("PRAGMA user_version = " + std::to_string(next + 1));
        };
        SZ_TRY(transaction(step));
    }
    return {};
}

}  // namespace sz
