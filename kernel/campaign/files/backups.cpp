// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/files/backups.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <limits>
#include <set>
#include <tuple>

#include "kernel/base/files.hpp"
#include "kernel/base/log.hpp"
#include "kernel/campaign/files/limits.hpp"
#include "kernel/campaign/sql_values.hpp"

namespace sz::campaign {

namespace {

constexpr std::size_t time_bytes = 24, day_bytes = 10, head_digits = 16;
constexpr std::string_view copy_ending = ".sqlite", unfinished_ending = ".unfinished";

std::string short_head(const Digest& head) { return to_hex(head).substr(0, head_digits); }

// A colon does not belong into a file's name on every system.
std::string time_name(UnixMs at) {
    std::string text = format_time(at);
    std::replace(text.begin(), text.end(), ':', '-');
    return text;
}

std::optional<std::int64_t> digits(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// "2026-11-22T18-53-00.123Z" back to milliseconds; nothing when it is no such text.
std::optional<UnixMs> time_of_name(std::string_view text) {
    if (text.size() != time_bytes) return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t count) {
        return digits(text.substr(at, count)).value_or(-1);
    };
    using namespace std::chrono;
    const year_month_day date{year(static_cast<int>(number(0, 4))),
                              month(static_cast<unsigned>(number(5, 2))),
                              day(static_cast<unsigned>(number(8, 2)))};
    if (!date.ok()) return std::nullopt;
    const UnixMs at = duration_cast<milliseconds>(sys_days(date).time_since_epoch()).count() +
                      ((number(11, 2) * 60 + number(14, 2)) * 60 + number(17, 2)) * 1000 +
                      number(20, 3);
    return time_name(at) == text ? std::optional(at) : std::nullopt;
}

std::optional<Backup> parse_backup(const std::filesystem::path& file) {
    Backup backup{file, "copy", 0, 0, {}, 0};
    const std::string name = file.filename().string();
    std::string_view rest = name;
    if (!rest.ends_with(copy_ending)) return std::nullopt;
    rest.remove_suffix(copy_ending.size());
    for (const std::string_view kind : {"replaced", "damaged"}) {
        if (!rest.starts_with(kind) || rest.size() <= kind.size()) continue;
        backup.kind = kind;
        rest.remove_prefix(kind.size() + 1);
    }
    const auto at = time_of_name(rest.substr(0, time_bytes));
    if (!at || rest.size() < time_bytes + 2 + head_digits) return std::nullopt;
    backup.at = *at;
    backup.head = rest.substr(rest.size() - head_digits);
    const auto events =
        digits(rest.substr(time_bytes + 1, rest.size() - time_bytes - 2 - head_digits));
    if (!events || *events < 0) return std::nullopt;
    backup.events = static_cast<EventIndex>(*events);
    std::error_code ignored;
    backup.bytes = std::filesystem::file_size(file, ignored);
    return backup;
}

}  // namespace

std::vector<Backup> Backups::list() const {
    std::vector<Backup> all;
    std::error_code failed;
    for (const auto& file : std::filesystem::directory_iterator(folder_, failed)) {
        if (auto backup = parse_backup(file.path())) all.push_back(std::move(*backup));
    }
    std::sort(all.begin(), all.end(), [](const Backup& a, const Backup& b) {
        return std::tie(a.at, a.events, a.file) > std::tie(b.at, b.events, b.file);
    });
    return all;
}

std::filesystem::path Backups::name(const char* kind, UnixMs at, EventIndex events,
                                    const Digest& head) const {
    const std::string prefix = std::string_view(kind) == "copy" ? "" : std::string(kind) + "-";
    return folder_ / (prefix + time_name(at) + "-" + std::to_string(events) + "-" +
                      short_head(head) + std::string(copy_ending));
}

bool Backups::has(const Digest& head) const {
    const auto all = list();
    return std::any_of(all.begin(), all.end(), [&](const Backup& backup) {
        return backup.kind == "copy" && backup.head == short_head(head);
    });
}

bool Backups::is_due(UnixMs now, const Digest& head) const {
    if (has(head)) return false;
    for (const Backup& backup : list()) {
        // A clock that was set back does not stop the copies.
        const bool is_young = now - backup.at < limits::backup_interval_ms && backup.at <= now;
        if (backup.kind == "copy" && is_young) return false;
    }
    return true;
}

Result<std::filesystem::path> Backups::begin() const {
    SZ_TRY(make_folder(folder_.parent_path(), true));
    SZ_TRY(make_folder(folder_, true));
    return folder_ / ("new-" + random_hex(8) + std::string(unfinished_ending));
}

bool Backups::has_unfinished() const {
    std::error_code failed;
    for (const auto& file : std::filesystem::directory_iterator(folder_, failed)) {
        if (file.path().extension() == unfinished_ending) return true;
    }
    return false;
}

void Backups::sweep(const std::filesystem::path& backups) {
    std::error_code failed;
    for (const auto& folder : std::filesystem::directory_iterator(backups, failed)) {
        std::error_code ignored;
        for (const auto& file : std::filesystem::directory_iterator(folder.path(), ignored)) {
            if (file.path().filename().string().find(unfinished_ending) != std::string::npos)
                std::filesystem::remove(file.path(), ignored);
        }
    }
}

Status Backups::finish(const std::filesystem::path& unfinished,
                       const std::filesystem::path& name) const {
    const auto check = [&]() -> Status {
        SZ_ASSIGN(Database copy, Database::open(unfinished, {.check = false}));
        return copy.check();
    };
    std::error_code failed;
    if (auto sound = check(); !sound) {
        std::filesystem::remove(unfinished, failed);
        return fail(ErrorKind::environment, "SZ-CAMPAIGN-076",
                    "The copy of the campaign's file is damaged, so the file is too: " +
                        sound.error().message,
                    "The older copies were kept; see szctl campaign verify and szctl campaign "
                    "repair.",
                    folder_.filename().string());
    }
    for (const char* suffix : {"-wal", "-shm"})
        std::filesystem::remove(unfinished.string() + suffix, failed);
    std::filesystem::rename(unfinished, name, failed);
    if (failed)
        return fail(ErrorKind::environment, "SZ-FILE-006",
                    "A copy of the campaign could not be put in its place.",
                    "Check that you may write to the folder.", name.string());
    SZ_TRY(sync_folder(folder_));
    remove_surplus();
    return {};
}

void Backups::remove_surplus() const {
    std::set<std::string> days;
    std::size_t copies = 0;
    for (const Backup& backup : list()) {
        if (backup.kind != "copy") continue;
        const bool is_last_of_its_day =
            days.insert(time_name(backup.at).substr(0, day_bytes)).second;
        const bool is_daily = is_last_of_its_day && days.size() <= limits::backups_daily_max;
        if (++copies <= limits::backups_recent_max || is_daily) continue;
        std::error_code failed;
        std::filesystem::remove(backup.file, failed);
        if (failed) log::warning("campaign", "an old copy cannot be removed: " + failed.message());
    }
}

Status Backups::copy_at_end(Ledger& ledger, UnixMs now) const {
    ledger.end_copy();
    SZ_ASSIGN(const LedgerEnd end, end_of(ledger));
    // One that is written and just being checked will have its name in a moment.
    if (end.events == 0 || has_unfinished() || !is_due(now, end.head)) return {};
    SZ_ASSIGN(const auto pages, ledger.database().integer("PRAGMA page_count"));
    SZ_ASSIGN(const auto page_bytes, ledger.database().integer("PRAGMA page_size"));
    const auto bytes = static_cast<std::uint64_t>(pages.value_or(0) * page_bytes.value_or(0));
    if (bytes > limits::backup_at_end_bytes_max) return {};
    const auto copy = name("copy", now, end.events, end.head);
    SZ_ASSIGN(const auto unfinished, begin());
    bool is_complete = false;
    while (!is_complete) {
        SZ_ASSIGN(is_complete, ledger.copy_some(unfinished, std::numeric_limits<int>::max()));
    }
    return finish(unfinished, copy);
}

Result<LedgerEnd> end_of(Ledger& ledger) {
    LedgerEnd end;
    SZ_TRY(ledger.database().query("SELECT idx, head FROM events ORDER BY idx DESC LIMIT 1", {},
                                   [&](const Row& row) {
                                       end.events = static_cast<EventIndex>(row.integer(0));
                                       end.head = digest_of(row.text(1));
                                       return false;
                                   }));
    return end;
}

}  // namespace sz::campaign
