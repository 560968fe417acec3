// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/store/words.hpp"

#include <sqlite3.h>

#include <array>

#include "kernel/store/full_text.hpp"

namespace sz {

struct Words::Impl {
    sqlite3* connection = nullptr;  // the tokenizer belongs to it
    fts5_tokenizer tokenizer{};
    Fts5Tokenizer* instance = nullptr;

    Impl() = default;
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        if (instance != nullptr) tokenizer.xDelete(instance);
        sqlite3_close_v2(connection);
    }
};

Words::Words(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Words::Words(Words&&) noexcept = default;
Words& Words::operator=(Words&&) noexcept = default;
Words::~Words() = default;

Result<Words> Words::create() {
    const auto missing = [] {
        return fail(ErrorKind::environment, "SZ-STORE-005",
                    "The SQLite library of this system has no full-text search.",
                    "Install SQLite with FTS5; Debian's has it.");
    };
    auto impl = std::make_unique<Impl>();
    if (sqlite3_open_v2(":memory:", &impl->connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                        nullptr) != SQLITE_OK) {
        return missing();
    }
    fts5_api* api = full_text_of(impl->connection);
    void* data = nullptr;
    if (api == nullptr ||
        api->xFindTokenizer(api, "unicode61", &data, &impl->tokenizer) != SQLITE_OK)
        return missing();
    std::array<const char*, 2> options{"remove_diacritics", "2"};
    if (impl->tokenizer.xCreate(data, options.data(), static_cast<int>(options.size()),
                                &impl->instance) != SQLITE_OK) {
        return missing();
    }
    return Words(std::move(impl));
}

void Words::each(
    std::string_view text,
    const std::function<bool(std::string_view, std::size_t, std::size_t)>& word) const {
    const auto one = [](void* context, int, const char* folded, int bytes, int begin,
                        int end) -> int {
        const auto& call =
            *static_cast<const std::function<bool(std::string_view, std::size_t, std::size_t)>*>(
                context);
        const bool go_on = call({folded, static_cast<std::size_t>(bytes)},
                                static_cast<std::size_t>(begin), static_cast<std::size_t>(end));
        return go_on ? SQLITE_OK : SQLITE_DONE;
    };
    auto* context = const_cast<void*>(static_cast<const void*>(&word));
    // Stopping early and running out of memory both end it; what was seen until then stands.
    impl_->tokenizer.xTokenize(impl_->instance, context, FTS5_TOKENIZE_QUERY, text.data(),
                               static_cast<int>(text.size()), one);
}

std::string Words::key(std::string_view text) const {
    std::string joined;
    each(text, [&](std::string_view folded, std::size_t, std::size_t) {
        if (!joined.empty()) joined += ' ';
        joined += folded;
        return true;
    });
    return joined;
}

}  // namespace sz
