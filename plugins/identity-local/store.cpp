// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store.hpp"

#include <sz/client_id.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <tuple>

namespace identity {

namespace {

using sz::plugin::invalid;
using Json = nlohmann::json;

constexpr std::size_t file_bytes_max = 64 * 1024;
constexpr std::size_t name_bytes_max = 200;
constexpr std::size_t passphrase_bytes_max = 1024;
const std::string active_name = "active";
const std::string ending = ".json";
const std::string other_ways =
    "Or import its Secret Token (szctl identity import), or make a new identity on purpose (szctl "
    "identity new).";

// "2026-11-21T21:58:25.123Z": as text they sort in order of time.
std::string time_text(std::int64_t now_ms) {
    using namespace std::chrono;
    const sys_time<milliseconds> time{milliseconds(now_ms)};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    char text[48];
    std::snprintf(
        text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return text;
}

// What time_text wrote; 0 for anything else.
std::int64_t time_of(const std::string& text) {
    using namespace std::chrono;
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ms = 0;
    const int read = std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d.%3dZ", &year, &month, &day,
                                 &hour, &minute, &second, &ms);
    const year_month_day date{std::chrono::year(year),
                              std::chrono::month(static_cast<unsigned>(month)),
                              std::chrono::day(static_cast<unsigned>(day))};
    if (read != 7 || !date.ok()) return 0;
    const auto time =
        sys_days(date) + hours(hour) + minutes(minute) + seconds(second) + milliseconds(ms);
    return duration_cast<milliseconds>(time.time_since_epoch()).count();
}

Status check_name(std::string_view name) {
    const bool has_control = std::any_of(name.begin(), name.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    if (!name.empty() && name.size() <= name_bytes_max && !has_control) return {};
    return invalid("SZ-IDENTITY-013",
                   "The name of an identity has 1 to 200 bytes and no line breaks.",
                   "Give it a short name, such as your own.");
}

Status check_passphrase(std::string_view passphrase) {
    if (passphrase.size() <= passphrase_bytes_max) return {};
    return invalid("SZ-IDENTITY-013", "The passphrase is longer than 1024 bytes.",
                   "Choose a shorter one.");
}

bool is_client_id(const std::string& text) {
    std::uint8_t key[SZ_KEY_BYTES];
    return sz_key_read(SZ_CLIENT_ID_PREFIX, text.data(), text.size(), key).what == SZ_KEY_OK;
}

Fault active_is_lost() {
    return invalid("SZ-IDENTITY-017",
                   "The active identity is not here or cannot be used, so none is active.",
                   "Restore its file from a copy, or choose another (szctl identity list, szctl "
                   "identity use). " +
                       other_ways);
}

Fault not_found(std::string_view client_id) {
    Fault wrong = invalid("SZ-IDENTITY-004", "There is no such identity here.",
                          "szctl identity list shows them.");
    wrong.status = SZ_ERR_NOT_FOUND;
    std::uint8_t key[SZ_KEY_BYTES];
    const sz_key_fault fault =
        sz_key_read(SZ_CLIENT_ID_PREFIX, client_id.data(), client_id.size(), key);
    if (fault.what == SZ_KEY_OK) return wrong;
    char message[SZ_KEY_MESSAGE_MAX];
    sz_key_message(SZ_CLIENT_ID_PREFIX, fault, message);
    wrong.message = message;
    return wrong;
}

}  // namespace

Result<std::unique_ptr<LocalStore>> LocalStore::create(std::string folder, Options options) {
    std::unique_ptr<LocalStore> store(new LocalStore(std::move(folder), std::move(options)));
    const Status loaded = store->load();
    if (!loaded) return loaded.error();
    return store;
}

void LocalStore::warn(const Fault& wrong) {
    warnings_.push_back(wrong);
    if (options_.warn) options_.warn(wrong.code + ": " + wrong.message + " " + wrong.file);
}

void LocalStore::warn_unusable(const std::string& name, Fault wrong) {
    wrong.file = files_.path(name);
    wrong.hint += " " + other_ways;
    warn(wrong);
}

Status LocalStore::load() {
    const auto names = files_.names();
    if (!names) return names.error();
    bool all_usable = true;
    for (const std::string& name : *names) {
        if (name.ends_with(ending) && !load_one(name)) all_usable = false;
    }
    std::sort(kept_.begin(), kept_.end(), [](const Kept& a, const Kept& b) {
        return std::tie(a.record.created_at, a.record.client_id) <
               std::tie(b.record.created_at, b.record.client_id);
    });
    load_active(all_usable);
    return {};
}

bool LocalStore::load_one(const std::string& name) {
    auto content = files_.read(name, file_bytes_max);
    if (!content) {
        warn_unusable(name, content.error());
        return false;
    }
    std::optional<SigningKey> key;
    Result<Record> record = Record::read(content->text, key);
    wipe(content->text);
    if (record && name != record->client_id + ending) {
        record = invalid("SZ-IDENTITY-011",
                         "The file of an identity is damaged: it has the name of another.",
                         "Rename it to its Client ID and \".json\".");
    }
    if (!record) {
        warn_unusable(name, record.error());
        return false;
    }
    if (content->was_open) {
        Fault mended = invalid(
            "SZ-IDENTITY-015", "The file of an identity could be read by others; now it cannot.",
            record->sealed ? "Nothing more is needed."
                           : "If others use this computer, make a new identity.");
        mended.file = files_.path(name);
        warn(mended);
    }
    kept_.push_back({*std::move(record), std::move(key)});
    return true;
}

// Who signs is never changed behind a person's back: when the one that was chosen cannot be used,
// none is active, and the file that names it stays.
void LocalStore::load_active(bool all_usable) {
    const auto content = files_.read(active_name, file_bytes_max);
    const std::string named = content ? content->text.substr(0, content->text.find('\n')) : "";
    if (find(named)) {
        active_ = named;
        return;
    }
    if (is_client_id(named)) {
        // With no other to choose, what was said of the file says all.
        if (!kept_.empty() || all_usable) warn(active_is_lost());
        return;
    }
    if (kept_.empty()) return;
    if (!all_usable) return warn(active_is_lost());
    active_ = kept_.front().record.client_id;
    const bool is_new = !content && content.error().status == SZ_ERR_NOT_FOUND;
    if (is_new) return;
    warn(invalid(
        "SZ-IDENTITY-016",
        "Which identity is active cannot be read; \"" + kept_.front().record.name + "\" is active.",
        "szctl identity list shows what is here, szctl identity use chooses."));
}

Result<LocalStore::Kept*> LocalStore::find(std::string_view client_id) {
    const auto found = std::find_if(kept_.begin(), kept_.end(), [client_id](const Kept& k) {
        return k.record.client_id == client_id;
    });
    if (found == kept_.end()) return not_found(client_id);
    return &*found;
}

Result<const SigningKey*> LocalStore::key_of(std::string_view client_id) const {
    const auto found = std::find_if(kept_.begin(), kept_.end(), [client_id](const Kept& k) {
        return k.record.client_id == client_id;
    });
    if (found == kept_.end()) return not_found(client_id);
    if (found->key) return &*found->key;
    Fault locked =
        invalid("SZ-IDENTITY-003", "The identity \"" + found->record.name + "\" is locked.",
                "Unlock it with its passphrase.");
    locked.status = SZ_ERR_DENIED;
    return locked;
}

Result<std::string> LocalStore::list(sz::plugin::Findings& findings) const {
    for (const Fault& wrong : warnings_)
        findings.warning(wrong.code, wrong.message).hint(wrong.hint).file(wrong.file);
    Json all = Json::array();
    const std::lock_guard guard(kept_lock_);
    for (const Kept& kept : kept_) {
        all.push_back({{"client_id", kept.record.client_id},
                       {"name", kept.record.name},
                       {"active", kept.record.client_id == active_},
                       {"protected", kept.record.sealed.has_value()},
                       {"unlocked", kept.key.has_value()},
                       {"created_at", kept.record.created_at}});
    }
    return all.dump();
}

std::string LocalStore::next_time() const {
    // A clock that was set back must not change the order of making.
    const std::int64_t last = kept_.empty() ? 0 : time_of(kept_.back().record.created_at);
    return time_text(std::max(options_.now_ms(), last + 1));
}

Status LocalStore::write(const Record& record, const SigningKey& key) const {
    std::string text = record.text(key);
    Status written = files_.write(record.client_id + ending, text);
    wipe(text);
    return written;
}

Result<std::string> LocalStore::add(SigningKey key, std::string_view name,
                                    std::string_view passphrase) {
    if (const Status good = check_name(name); !good) return good.error();
    if (const Status good = check_passphrase(passphrase); !good) return good.error();
    const std::string client_id = key.client_id();
    if (find(client_id)) {
        Fault wrong = invalid("SZ-IDENTITY-005", "The identity is here already.",
                              "szctl identity list shows it.");
        wrong.status = SZ_ERR_CONFLICT;
        return wrong;
    }
    Record record{std::string(name), client_id, next_time(), std::nullopt};
    if (!passphrase.empty()) {
        if (const Status sealed = record.seal(key, passphrase, options_.effort); !sealed)
            return sealed.error();
    }
    // A file of this name is there only when it is damaged: it is kept beside the new one.
    if (const Status kept = files_.set_aside(client_id + ending); !kept) return kept.error();
    if (const Status written = write(record, key); !written) return written.error();
    {
        const std::lock_guard guard(kept_lock_);
        kept_.push_back({std::move(record), std::move(key)});
    }
    if (!active_.empty() || use(client_id)) return client_id;
    // The choice cannot be written down: it counts until the program ends.
    const std::lock_guard guard(kept_lock_);
    active_ = client_id;
    return client_id;
}

Result<std::string> LocalStore::create(std::string_view name, std::string_view passphrase) {
    return add(SigningKey::random(), name, passphrase);
}

Result<std::string> LocalStore::import_secret(std::string_view token, std::string_view name,
                                              std::string_view passphrase) {
    Result<SigningKey> key = SigningKey::from_token(token);
    if (!key) return key.error();
    return add(*std::move(key), name, passphrase);
}

Status LocalStore::use(std::string_view client_id) {
    const auto found = find(client_id);
    if (!found) return found.error();
    const Status written = files_.write(active_name, std::string(client_id) + "\n");
    const std::lock_guard guard(kept_lock_);
    if (written) active_ = client_id;
    return written;
}

Status LocalStore::unlock(std::string_view client_id, std::string_view passphrase) {
    const auto found = find(client_id);
    if (!found) return found.error();
    Kept& kept = **found;
    if (!kept.record.sealed) return {};
    if (const Status good = check_passphrase(passphrase); !good) return good.error();
    Result<SigningKey> key = kept.record.open(passphrase);
    if (!key) return key.error();
    const std::lock_guard guard(kept_lock_);
    kept.key = *std::move(key);
    return {};
}

Status LocalStore::lock(std::string_view client_id) {
    const auto found = find(client_id);
    if (!found) return found.error();
    const std::lock_guard guard(kept_lock_);
    if ((*found)->record.sealed) (*found)->key.reset();
    return {};
}

Status LocalStore::set_passphrase(std::string_view client_id, std::string_view old_passphrase,
                                  std::string_view new_passphrase) {
    const auto found = find(client_id);
    if (!found) return found.error();
    Kept& kept = **found;
    for (const std::string_view passphrase : {old_passphrase, new_passphrase}) {
        if (const Status good = check_passphrase(passphrase); !good) return good.error();
    }
    std::optional<SigningKey> opened;
    if (kept.record.sealed) {
        Result<SigningKey> key = kept.record.open(old_passphrase);
        if (!key) return key.error();
        opened = *std::move(key);
    }
    const SigningKey& key = opened ? *opened : *kept.key;
    Record changed = kept.record;
    changed.sealed.reset();
    if (!new_passphrase.empty()) {
        if (const Status sealed = changed.seal(key, new_passphrase, options_.effort); !sealed)
            return sealed.error();
    }
    if (const Status written = write(changed, key); !written) return written;
    const std::lock_guard guard(kept_lock_);
    if (!changed.sealed && opened) kept.key = std::move(opened);
    kept.record = std::move(changed);
    return {};
}

Result<std::string> LocalStore::sign(std::string_view client_id, std::string_view message) const {
    const std::lock_guard guard(kept_lock_);
    const auto key = key_of(client_id);
    if (!key) return key.error();
    return (*key)->sign(message);
}

Result<std::string> LocalStore::export_secret(std::string_view client_id) const {
    const auto key = key_of(client_id);
    if (!key) return key.error();
    return (*key)->token();
}

}  // namespace identity
