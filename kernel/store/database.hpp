// SPDX-License-Identifier: AGPL-3.0-or-later
// SQLite behind few functions. A Database is used by one thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kernel/base/result.hpp"

namespace sz {

struct Blob {
    std::string bytes;
};
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string, Blob>;
// The same without a copy: text is borrowed for the call. For bulk work.
using ValueView = std::variant<std::nullptr_t, std::int64_t, double, std::string_view>;

// One row of a running query; text and blobs are borrowed until the next step.
class Row {
  public:
    explicit Row(void* statement) : statement_(statement) {}
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string_view text(int column) const;  // text or blob
    [[nodiscard]] bool is_null(int column) const;

  private:
    void* statement_;
};

enum class Durability : std::uint8_t {
    full,    // WAL, synchronous=FULL: what commit() returned for is on the disk (campaigns)
    normal,  // WAL, synchronous=NORMAL: may lose the last commits on power loss, never corrupt
             // (what can be rebuilt)
};

class Database {
  public:
    static constexpr std::uint64_t checked_bytes_max = 4ULL * 1024 * 1024;

    struct Options {
        Durability durability = Durability::full;
        bool read_only = false;
        const char* vfs = nullptr;                       // SQLite VFS by name, for fault tests
        std::uint64_t cache_bytes = 2ULL * 1024 * 1024;  // pages kept in memory, at most
        bool check = true;  // false for a second connection to a file that was just checked
    };

    // Opens or makes the file; 0600. SZ-STORE-001 cannot be opened, 002 not a database or damaged.
    // `":memory:"` works. The file's header and its schema are always read; the whole file is
    // checked up to checked_bytes_max, so that opening a long ledger does not depend on its length.
    // Damage found later is SZ-STORE-002 from the statement that met it.
    [[nodiscard]] static Result<Database> open(const std::filesystem::path& file,
                                               const Options& options);
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();  // checkpoints and closes

    // One statement with parameters; prepared statements are kept by their text. SZ-STORE-003 (the
    // message names no raw SQL).
    [[nodiscard]] Status execute(std::string_view sql, std::span<const Value> values = {});
    [[nodiscard]] Status execute(std::string_view sql, std::initializer_list<Value> values);
    // Calls `row` for each; it returns false to stop.
    [[nodiscard]] Status query(std::string_view sql, std::span<const Value> values,
                               const std::function<bool(const Row&)>& row);
    [[nodiscard]] Status query(std::string_view sql, std::initializer_list<Value> values,
                               const std::function<bool(const Row&)>& row);
    [[nodiscard]] Result<std::optional<std::int64_t>> integer(
        std::string_view sql, std::initializer_list<Value> values = {});
    // The same with borrowed text.
    [[nodiscard]] Status execute_borrowed(std::string_view sql,
                                          std::initializer_list<ValueView> values);
    // Several statements separated by ';', without parameters (schemas).
    [[nodiscard]] Status script(std::string_view sql);

    // Runs `work` in BEGIN IMMEDIATE … COMMIT; rolls back when it fails.
    [[nodiscard]] Status transaction(const std::function<Status()>& work);

    // Reads that belong together: `work` sees the database as it is at its first read, and its
    // statements need not ask for a lock each. It changes nothing.
    [[nodiscard]] Status read_together(const std::function<Status()>& work);

    [[nodiscard]] std::int64_t last_row_id() const noexcept;

    // Asks `goes_on` every few steps of a statement. When it says no, the statement ends with
    // SZ-STORE-003 of kind `cancelled`. Empty: nobody is asked. Statements that change data are
    // stopped too: for connections that only read.
    void watch(std::function<bool()> goes_on);

    // Interrupts a running query from another thread. [any-thread]
    void interrupt() noexcept;

    // The complete check of the file (SQLite's quick_check): time grows with the file.
    // SZ-STORE-002.
    [[nodiscard]] Status check();

    // Brings the schema up to date: migrations[i] leads from version i to i+1 (PRAGMA
    // user_version), each in a transaction. SZ-STORE-004 when the file is newer than the program.
    [[nodiscard]] Status migrate(std::span<const std::string_view> migrations);

  private:
    friend class DatabaseBackup;
    struct Impl;
    explicit Database(std::unique_ptr<Impl> impl);
    [[nodiscard]] void* connection() const noexcept;  // sqlite3*, for other files of this room
    std::unique_ptr<Impl> impl_;
};

}  // namespace sz
