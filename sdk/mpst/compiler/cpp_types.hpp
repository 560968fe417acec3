// SPDX-License-Identifier: AGPL-3.0-or-later
// What C++ types the payloads of a protocol have.
#pragma once

#include <sz/mpst/core/syntax.hpp>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mpst::compiler {

// Something of a good protocol that C++ has no room for, and where it stands.
struct Refusal {
    core::Place at;
    std::string sentence;
};

struct CppType {
    enum Kind { known, declared, opaque, nothing } kind = opaque;
    std::string text;     // "std::int64_t"; of an opaque type nothing
    std::string include;  // "<cstdint>", or nothing
};

// What the names of payload types mean: as the file declares them for C++, else as they are well
// known ("int", "string"), else nothing but a name.
class CppTypes {
  public:
    explicit CppTypes(const core::File& file);
    [[nodiscard]] CppType of(std::string_view name, std::vector<Refusal>& refusals) const;

  private:
    const core::File& file_;
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> declared_;  // in File::types
};

}  // namespace mpst::compiler
