// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cpp_types.hpp"

#include <algorithm>
#include <cctype>

namespace mpst::compiler {

namespace {

struct WellKnown {
    std::string_view names;  // in lower case, with a blank around each
    std::string_view text;
    std::string_view include;
};
constexpr WellKnown well_known[] = {
    {" int integer long i64 int64 int64_t ", "std::int64_t", "<cstdint>"},
    {" i32 int32 int32_t ", "std::int32_t", "<cstdint>"},
    {" i16 int16 int16_t short ", "std::int16_t", "<cstdint>"},
    {" i8 int8 int8_t ", "std::int8_t", "<cstdint>"},
    {" u64 uint64 uint64_t nat unsigned ", "std::uint64_t", "<cstdint>"},
    {" u32 uint32 uint32_t ", "std::uint32_t", "<cstdint>"},
    {" u16 uint16 uint16_t ", "std::uint16_t", "<cstdint>"},
    {" u8 uint8 uint8_t ", "std::uint8_t", "<cstdint>"},
    {" bool boolean ", "bool", ""},
    {" float f32 ", "float", ""},
    {" double f64 real ", "double", ""},
    {" string str ", "std::string", "<string>"},
    {" char ", "char", ""},
    {" bytes ", "std::vector<std::byte>", "<vector>"},
};
constexpr std::string_view no_value = " unit void ";

std::string lower(std::string_view text) {
    std::string made(text);
    std::transform(made.begin(), made.end(), made.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return made;
}
bool is_among(std::string_view all, const std::string& word) {
    return all.find(' ' + word + ' ') != std::string_view::npos;
}

bool is_for_cpp(const core::TypeDeclaration& type) {
    const std::string language = lower(type.language);
    return language == "cpp" || language == "c++" || language == "cxx";
}
bool is_plain(std::string_view text, std::string_view strange) {
    return std::none_of(text.begin(), text.end(), [&](char c) {
        return static_cast<unsigned char>(c) < 0x20 || strange.find(c) != std::string_view::npos;
    });
}
// It becomes a part of a line of C++, and is to leave the lines around it alone.
bool can_be_type(std::string_view text) {
    const bool has_word = text.find_first_not_of(" *&<>,") != std::string_view::npos;
    return has_word && is_plain(text, ";{}#\\\"'`@$") && text.find("//") == text.npos &&
           text.find("/*") == text.npos && text.back() != '/';
}

// <vector> as it is, my/video.hpp in quotation marks.
std::string include_of(std::string_view from) {
    if (from.empty() || from.front() == '<') return std::string(from);
    return '"' + std::string(from) + '"';
}
bool can_be_include(std::string_view from) {
    if (!from.empty() && from.front() == '<') {
        if (from.size() < 3 || from.back() != '>') return false;
        from = from.substr(1, from.size() - 2);
    }
    return is_plain(from, "<>\"\\");
}

CppType declared_type(const core::File& file, const core::TypeDeclaration& type,
                      std::vector<Refusal>& refusals) {
    CppType made{CppType::declared, std::string(type.text), include_of(type.from)};
    const std::string of = "“" + std::string(file.text(type.name.name)) + "”";
    if (!can_be_type(type.text))
        refusals.push_back({type.text_at, "What is declared as " + of + " is no C++ type."});
    if (!can_be_include(type.from))
        refusals.push_back({type.from_at, "What " + of + " comes from is no header. Write " +
                                              "<vector>, or folder/name.hpp."});
    return made;
}

}  // namespace

CppTypes::CppTypes(const core::File& file) : file_(file) {
    for (std::uint32_t i = 0; i < file.types.size(); ++i) {
        if (is_for_cpp(file.types[i])) declared_[file.text(file.types[i].name.name)].push_back(i);
    }
}

CppType CppTypes::of(std::string_view name, std::vector<Refusal>& refusals) const {
    const core::TypeDeclaration* found = nullptr;
    if (const auto known = declared_.find(name); known != declared_.end()) {
        found = &file_.types[known->second.front()];
        for (const std::uint32_t other : known->second) {
            const core::TypeDeclaration& type = file_.types[other];
            if (found->text != type.text || found->from != type.from)
                refusals.push_back({type.name.at, "The type “" + std::string(name) +
                                                      "” is declared twice for C++, differently."});
        }
    }
    if (found != nullptr) return declared_type(file_, *found, refusals);
    const std::string word = lower(name);
    if (is_among(no_value, word)) return {CppType::nothing, {}, {}};
    for (const WellKnown& known : well_known) {
        if (is_among(known.names, word))
            return {CppType::known, std::string(known.text), std::string(known.include)};
    }
    return {};
}

}  // namespace mpst::compiler
