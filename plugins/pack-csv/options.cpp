// SPDX-License-Identifier: AGPL-3.0-or-later
#include "options.hpp"

#include <array>
#include <regex>
#include <sz/cpp/json.hpp>

#include "limits.hpp"
#include "words.hpp"

namespace csv {
namespace {

using sz::plugin::Json;

constexpr std::string_view known_options =
    "The options are separator, header, encoding, name, id, types, datasetName, packName, packId, "
    "author, license and version; README.md of pack-csv explains them.";

std::string place_of(const std::string& by) {
    return by.empty() ? "the options of this import" : by;
}

void wrong(const std::string& by, std::string message, std::string hint, Faults& faults) {
    faults.add({Severity::error, "SZ-CSV-013", by, {}, {}, std::move(message), std::move(hint)});
}

std::optional<char> separator_of(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, char>, 8> all{{{",", ','},
                                                                           {";", ';'},
                                                                           {"\t", '\t'},
                                                                           {"|", '|'},
                                                                           {"comma", ','},
                                                                           {"semicolon", ';'},
                                                                           {"tab", '\t'},
                                                                           {"pipe", '|'}}};
    for (const auto& [name, separator] : all) {
        if (name == text) return separator;
    }
    return std::nullopt;
}

bool is_version(const std::string& text) {
    static const std::regex semver(
        R"((0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(-[0-9A-Za-z.-]{1,30})?)");
    return text.size() <= 64 && std::regex_match(text, semver);
}

bool is_pack_id(const std::string& text) {
    static const std::regex id("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");
    return text.size() <= 128 && std::regex_match(text, id);
}

bool is_name(const std::string& text) {
    return !trimmed(text).empty() && text.size() <= limits::name_bytes_max;
}

// Reads one object of options.
class Reader {
  public:
    Reader(const std::string& by, Faults& faults) : by_(by), faults_(faults) {}

    Options read(const Json& object) {
        for (const auto& [key, value] : object.items()) {
            if (key != "$schema") option(key, value);
        }
        return std::move(out_);
    }

  private:
    void option(const std::string& key, const Json& value) {
        if (key == "separator") return separator(value);
        if (key == "header") return header(value);
        if (key == "encoding") return encoding(value);
        if (key == "types") return types(value);
        if (key == "name") return text(key, value, out_.name, nullptr, "a heading of the table");
        if (key == "id") return text(key, value, out_.id, nullptr, "a heading of the table");
        static constexpr const char* a_name = "a text of 1 to 200 bytes";
        if (key == "datasetName") return text(key, value, out_.dataset_name, is_name, a_name);
        if (key == "packName") return text(key, value, out_.pack_name, is_name, a_name);
        if (key == "author") return text(key, value, out_.author, is_name, a_name);
        if (key == "license") return text(key, value, out_.license, is_name, a_name);
        if (key == "version")
            return text(key, value, out_.version, is_version, "three numbers such as \"1.4.0\"");
        if (key == "packId")
            return text(key, value, out_.pack_id, is_pack_id,
                        "letters from A to Z, digits, '-', '_' and '.', not a dot first, at most "
                        "128");
        wrong(by_, "There is no option " + in_quotes(key) + " (in " + place_of(by_) + ").",
              std::string(known_options), faults_);
    }
    void misfit(const std::string& key, const std::string& wanted) {
        wrong(by_,
              "The option “" + key + "” (in " + place_of(by_) + ") has a value that does not fit.",
              "It takes " + wanted + ".", faults_);
    }
    void text(const std::string& key, const Json& value, std::optional<Said<std::string>>& out,
              bool (*fits)(const std::string&), const std::string& wanted) {
        const auto* given = value.get_ptr<const std::string*>();
        const bool has_control =
            given != nullptr && given->find_first_of(std::string_view("\0\n\r", 3)) != given->npos;
        if (given == nullptr || has_control || (fits != nullptr && !fits(*given)))
            return misfit(key, wanted);
        out = {*given, by_};
    }
    void separator(const Json& value) {
        const auto* given = value.get_ptr<const std::string*>();
        const auto found = given == nullptr ? std::nullopt : separator_of(*given);
        if (!found)
            return misfit("separator", R"(",", ";", "|", or a tab: "\t"; or their names "comma", )"
                                       R"("semicolon", "pipe", "tab")");
        out_.separator = {*found, by_};
    }
    void header(const Json& value) {
        if (!value.is_boolean())
            return misfit("header", "true (the first row holds the headings) or false");
        out_.header = {value.get<bool>(), by_};
    }
    void encoding(const Json& value) {
        const auto* given = value.get_ptr<const std::string*>();
        const auto found = given == nullptr ? std::nullopt : encoding_of(lower(*given));
        if (!found)
            return misfit("encoding",
                          R"("utf-8", "windows-1252", "utf-16", "utf-16le" or "utf-16be")");
        out_.encoding = {*found, by_};
    }
    void types(const Json& value) {
        if (!value.is_object()) return misfit("types", R"(an object such as {"Cost": "Text"})");
        for (const auto& [heading, type] : value.items()) {
            const auto* given = type.get_ptr<const std::string*>();
            const auto found = given == nullptr ? std::nullopt : type_of(*given);
            if (found) {
                out_.types[heading] = {*found, by_};
                continue;
            }
            wrong(by_,
                  "The type of " + in_quotes(heading) + " (in " + place_of(by_) +
                      ") is none that a column can have.",
                  "The types are " + type_names() + ".", faults_);
        }
    }

    const std::string& by_;
    Faults& faults_;
    Options out_;
};

std::string shown(const std::string& value) { return in_quotes(value); }
std::string shown(char value) {
    return value == '\t' ? "a tab" : in_quotes(std::string_view(&value, 1));
}
std::string shown(bool value) { return value ? "true" : "false"; }
std::string shown(Encoding value) { return in_quotes(name_of(value)); }
std::string shown(Type value) { return in_quotes(name_of(value)); }

template <class T>
void note_winner(const std::string& what, const Said<T>& winner, const Said<T>& other,
                 Faults& faults) {
    if (winner.value == other.value) return;
    faults.add({Severity::note,
                "SZ-CSV-014",
                other.by,
                {},
                {},
                what + ": " + shown(winner.value) + " from " + place_of(winner.by) +
                    " is used, not " + shown(other.value) + " from " + place_of(other.by) + ".",
                "What is given with the import counts first, then the options beside a file, then "
                "those beside its folder."});
}

template <class T>
void join(const std::string& what, std::optional<Said<T>>& into,
          const std::optional<Said<T>>& other, Faults& faults) {
    if (into && other) note_winner("The option “" + what + "”", *into, *other, faults);
    if (!into) into = other;
}

}  // namespace

Options options_of(std::string_view json, const std::string& by, Faults& faults) {
    const auto parsed = sz::plugin::parse_json(json);
    if (!parsed) {
        wrong(by, parsed.error().message + " (In " + place_of(by) + ".)",
              "Options are one JSON object, such as {\"separator\": \";\"}.", faults);
        return {};
    }
    if (!parsed->is_object()) {
        wrong(by, "The options (in " + place_of(by) + ") are no JSON object.",
              "Write them as {\"separator\": \";\"}. " + std::string(known_options), faults);
        return {};
    }
    return Reader(by, faults).read(*parsed);
}

Options joined(const Options& first, const Options& second, Faults& faults) {
    Options out = first;
    join("separator", out.separator, second.separator, faults);
    join("header", out.header, second.header, faults);
    join("encoding", out.encoding, second.encoding, faults);
    join("name", out.name, second.name, faults);
    join("id", out.id, second.id, faults);
    join("datasetName", out.dataset_name, second.dataset_name, faults);
    join("packName", out.pack_name, second.pack_name, faults);
    join("packId", out.pack_id, second.pack_id, faults);
    join("author", out.author, second.author, faults);
    join("license", out.license, second.license, faults);
    join("version", out.version, second.version, faults);
    for (const auto& [heading, type] : second.types) {
        const auto [at, is_new] = out.types.emplace(heading, type);
        if (!is_new) note_winner("The type of " + in_quotes(heading), at->second, type, faults);
    }
    return out;
}

void only_table(Options& options, const std::string& where, Faults& faults) {
    const auto clear = [&](const std::string& what, std::optional<Said<std::string>>& option) {
        if (!option) return;
        faults.add({Severity::warning,
                    "SZ-CSV-014",
                    option->by,
                    {},
                    {},
                    "The option “" + what + "” is about the whole pack and is not used here.",
                    "Put it into " + where + " beside the folder."});
        option.reset();
    };
    clear("packName", options.pack_name);
    clear("packId", options.pack_id);
    clear("author", options.author);
    clear("license", options.license);
    clear("version", options.version);
}

}  // namespace csv
