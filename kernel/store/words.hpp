// SPDX-License-Identifier: AGPL-3.0-or-later
// Text cut into words exactly as the full-text index does it: case and diacritics folded,
// everything but letters and digits left out.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "kernel/base/result.hpp"

namespace sz {

// What the index says in CREATE VIRTUAL TABLE … USING fts5(tokenize = …); the same rule as Words.
inline constexpr std::string_view words_tokenizer = "unicode61 remove_diacritics 2";

// Used by one thread at a time.
class Words {
  public:
    // SZ-STORE-005: this SQLite has no full-text search.
    [[nodiscard]] static Result<Words> create();
    Words(Words&&) noexcept;
    Words& operator=(Words&&) noexcept;
    ~Words();

    // Calls `word` with each folded word and its place [begin, end) in `text`, until it returns
    // false.
    void each(std::string_view text,
              const std::function<bool(std::string_view folded, std::size_t begin,
                                       std::size_t end)>& word) const;

    // The folded words joined with single spaces: equal for what a person takes for the same name.
    [[nodiscard]] std::string key(std::string_view text) const;

  private:
    struct Impl;
    explicit Words(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace sz
