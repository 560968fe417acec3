// SPDX-License-Identifier: AGPL-3.0-or-later
// Field types and pack formats without plugins.
#pragma once

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>

#include "kernel/plugin/field_change.hpp"

namespace sz::test {

// Text and Number are what they are; Link is shown as its entryId; Links is an array of them.
class LibraryFields final : public FieldTypes {
  public:
    [[nodiscard]] bool has(std::string_view type) const override {
        const auto all = names();
        return std::find(all.begin(), all.end(), type) != all.end();
    }
    [[nodiscard]] std::vector<std::string> names() const override {
        return {"DatasetLink", "Links", "Number", "Text"};
    }
    [[nodiscard]] Result<Json> describe(std::string_view type) const override {
        return Json{{"title", type}, {"options", {{"type", "object"}}}};
    }
    [[nodiscard]] Result<Json> normalize(const Json& definition, const Json& value,
                                         Findings& findings) const override {
        const bool fits = type_of(definition) == "Number" ? value.is_number()
                          : type_of(definition) == "Text" ? value.is_string()
                                                          : true;
        if (fits) return value;
        findings.push_back({"SZ-FIELD-101", Severity::error, "", "", 0, 0,
                            "The value does not fit.", "Write another."});
        return fail(ErrorKind::input, "SZ-FIELD-101", "The value does not fit.");
    }
    [[nodiscard]] Result<FieldChange> apply(const Json&, const Json&, const Json&) const override {
        return fail(ErrorKind::unsupported, "SZ-FIELD-000", "Nothing is changed in a library.");
    }
    [[nodiscard]] Result<FieldEvaluation> evaluate(const Json&, const Json&, const Json&,
                                                   FieldResolver&) const override {
        return fail(ErrorKind::unsupported, "SZ-FIELD-000", "Nothing is computed in a library.");
    }
    [[nodiscard]] Result<std::string> format(const Json& definition, const Json& value,
                                             std::string_view) const override {
        if (value.is_string()) return value.get<std::string>();
        if (type_of(definition) == "DatasetLink")
            return value.is_object() ? value.at("entryId").get<std::string>() : "";
        if (type_of(definition) != "Links") return value.dump();
        std::string text;
        for (const auto& link : value)
            text += (text.empty() ? "" : ", ") + link.at("entryId").get<std::string>();
        return text;
    }
    [[nodiscard]] Result<std::string> search_text(const Json&, const Json& value) const override {
        return value.is_string() ? value.get<std::string>() : std::string();
    }
    [[nodiscard]] Result<Json> references(const Json& definition,
                                          const Json& value) const override {
        Json list = Json::array();
        const auto add = [&](const Json& link, const std::string& pointer) {
            Json one = link;
            one["kind"] = "entry";
            one["pointer"] = pointer;
            list.push_back(one);
        };
        if (type_of(definition) == "DatasetLink" && value.is_object()) add(value, "");
        if (type_of(definition) == "Links") {
            for (std::size_t i = 0; i < value.size(); ++i) add(value[i], "/" + std::to_string(i));
        }
        return list;
    }

  private:
    static std::string type_of(const Json& definition) {
        return definition.at("type").get<std::string>();
    }
};

// "szp" reads a folder, or a file that is a JSON object of paths and contents, and writes the
// latter. "foreign" reads a file whose name ends in ".foreign" in the same way and gives an
// account.
class LibraryFormats final : public PackFormats {
  public:
    std::function<void()> on_read;  // in the middle of reading
    std::atomic<bool> write_fails = false;

    [[nodiscard]] std::vector<PackFormatInfo> list() const override {
        return {{"szp", "SessionZero datapack", "test", {".szp"}, true, true, false},
                {"foreign", "Something else", "test", {".foreign"}, true, false, true}};
    }
    [[nodiscard]] Result<std::string> probe(const std::string& path) const override {
        if (std::filesystem::is_directory(path) || path.ends_with(".szp"))
            return std::string("szp");
        if (path.ends_with(".foreign")) return std::string("foreign");
        return fail(ErrorKind::input, "SZ-PACK-001", "Nothing reads this.", "Give a .szp.", path);
    }
    [[nodiscard]] Result<ReadPacks> read(std::string_view format, const std::string& path,
                                         const Json&, const ProgressFn& progress,
                                         Findings& findings) const override {
        if (on_read) on_read();
        if (!progress(0, 1, "")) return fail(ErrorKind::cancelled, "SZ-X", "Cancelled.");
        if (std::filesystem::is_directory(path)) return ReadPacks{{folder(path)}, nullptr};
        const Json json = Json::parse(text_of(path), nullptr, false);
        if (!json.is_object()) {
            findings.push_back({"SZ-PACK-090", Severity::error, path, "", 0, 0,
                                "The archive is broken.", "Fetch it again."});
            return fail(ErrorKind::input, "SZ-PACK-090", "The archive is broken.");
        }
        PackFiles files;
        for (const auto& [name, content] : json.items())
            files.push_back({name, content.get<std::string>()});
        const Json left =
            Json::array({{{"what", "picture"}, {"why", "it has no place"}, {"count", 2}}});
        const Json account = {{"read", 5}, {"written", 3}, {"left_out", left}};
        return ReadPacks{{files}, format == "foreign" ? account : Json()};
    }
    [[nodiscard]] Status write(std::string_view, const PackFiles& files, const std::string& path,
                               const ProgressFn&, Findings&) const override {
        Json json = Json::object();
        for (const auto& file : files) json[file.path] = file.content;
        std::ofstream(path) << json.dump();
        if (write_fails) return fail(ErrorKind::environment, "SZ-X", "The disk is full.");
        return {};
    }

  private:
    static std::string text_of(const std::filesystem::path& path) {
        std::ifstream in(path, std::ios::binary);
        std::ostringstream all;
        all << in.rdbuf();
        return all.str();
    }
    static PackFiles folder(const std::filesystem::path& root) {
        PackFiles files;
        for (const auto& each : std::filesystem::recursive_directory_iterator(root)) {
            if (each.is_regular_file())
                files.push_back(
                    {each.path().lexically_relative(root).generic_string(), text_of(each.path())});
        }
        std::sort(files.begin(), files.end(),
                  [](const PackFile& a, const PackFile& b) { return a.path < b.path; });
        return files;
    }
};

}  // namespace sz::test
