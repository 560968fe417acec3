// SPDX-License-Identifier: AGPL-3.0-or-later
// The "pattern" of a schema. Patterns such as "^[A-Za-z_][A-Za-z0-9_]*$" are matched without the
// regular expression library, which is slow and whose use of the stack grows with the text: past a
// limit it would end the program.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <memory>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace sz {

class SchemaPattern {
  public:
    // Longer texts do not match a pattern that needs the regular expression library.
    static constexpr std::size_t regex_text_bytes_max = 4096;

    // Nothing when it is no regular expression (ECMAScript).
    [[nodiscard]] static std::optional<SchemaPattern> compile(const std::string& pattern);

    [[nodiscard]] bool matches(std::string_view text) const;
    [[nodiscard]] bool is_simple() const noexcept { return regex_ == nullptr; }

  private:
    // A set of bytes, and how often one of them stands there. Only the last step may stand there
    // more than once.
    struct Step {
        std::bitset<256> bytes;
        std::size_t min = 1, max = 1;
    };

    [[nodiscard]] static std::optional<std::vector<Step>> compile_simple(std::string_view pattern);

    std::vector<Step> steps_;
    std::shared_ptr<const std::regex> regex_;
};

}  // namespace sz
