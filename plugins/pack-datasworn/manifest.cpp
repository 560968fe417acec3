// SPDX-License-Identifier: AGPL-3.0-or-later
#include "manifest.hpp"

#include <algorithm>
#include <regex>

#include "ids.hpp"
#include "words.hpp"

namespace datasworn {
namespace {

std::string title_of(const Package& package) {
    const std::string title = one_line(text_in(package.root, "title"));
    return std::string(
        shortened(title.empty() ? sentence_case(package.id) : title, limits::name_bytes_max));
}

std::string authors_of(const Json& package) {
    std::string out;
    const auto authors = package.find("authors");
    if (authors == package.end() || !authors->is_array()) return out;
    for (const Json& author : *authors) {
        const std::string name = author.is_object() ? one_line(text_in(author, "name")) : "";
        if (!name.empty()) out += (out.empty() ? "" : ", ") + name;
    }
    return out;
}

// What of the authors is more than a name: addresses.
std::string addresses_of(const Json& package) {
    std::string out;
    const auto authors = package.find("authors");
    if (authors == package.end() || !authors->is_array()) return out;
    for (const Json& author : *authors) {
        for (const char* key : {"url", "email"}) {
            const std::string text = author.is_object() ? one_line(text_in(author, key)) : "";
            if (!text.empty()) out += (out.empty() ? "" : ", ") + text;
        }
    }
    return out.empty() ? out : " (" + out + ")";
}

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return text;
}

std::string description_of(const Package& package, const std::string& name,
                           const std::string& authors, const std::string& licence) {
    const std::string url = one_line(text_in(package.root, "url"));
    const std::string licence_url = one_line(text_in(package.root, "license"));
    std::string out = clean(text_in(package.root, "description"));
    if (!out.empty()) out += "\n\n";
    out += "“" + name + "”" +
           (authors.empty() ? "" : " by " + authors + addresses_of(package.root)) +
           ", licensed under " + licence + (licence_url.empty() ? "" : " <" + licence_url + ">") +
           (url.empty() ? "" : ", from <" + url + ">") + ". Converted to a datapack from the " +
           (package.ruleset.empty() ? "ruleset" : "expansion") + " “" + package.id +
           "” of Datasworn " + one_line(text_in(package.root, "datasworn_version")) +
           "; the words are unchanged, the arrangement is SessionZero’s.";
    return out;
}

}  // namespace

std::string licence_of(const Json& package) {
    static const std::regex commons(
        R"(https?://(www\.)?creativecommons\.org/licenses/(by[a-z-]{0,9})/(\d\.\d)(/.{0,40})?)");
    static const std::regex zero(
        R"(https?://(www\.)?creativecommons\.org/publicdomain/zero/1\.0(/.{0,40})?)");
    const std::string url = one_line(text_in(package, "license"));
    if (url.empty()) return "LicenseRef-none-given";
    if (url.size() > 200) return "LicenseRef-unknown";
    std::smatch match;
    if (std::regex_match(url, match, commons))
        return "CC-" + upper(match[2].str()) + "-" + match[3].str();
    if (std::regex_match(url, zero)) return "CC0-1.0";
    std::string id = slug(url);
    std::replace(id.begin(), id.end(), '_', '-');
    return "LicenseRef-" + id.substr(0, 150);
}

Json manifest_of(const Package& package, const Package* ruleset, const std::string& version) {
    static const std::regex date_form(R"(\d{4}-\d{2}-\d{2})");
    const std::string name = title_of(package);
    const std::string authors = authors_of(package.root);
    const std::string licence = licence_of(package.root);
    const std::string url = one_line(text_in(package.root, "url"));
    const std::string date = one_line(text_in(package.root, "date"));
    Json out = {{"id", pack_id_of(package.id)}, {"name", name}, {"version", version}};
    if (!authors.empty()) out["author"] = shortened(authors, 200);
    out["license"] = licence;
    out["description"] = description_of(package, name, authors, licence);
    if (url.starts_with("https://") && url.size() <= 2000) out["homepage"] = url;
    if (date.size() == 10 && std::regex_match(date, date_form))
        out["createdAt"] = date + "T00:00:00Z";
    out["sessionZeroVersion"] = "1.0.0";
    out["dependencies"] = Json::array();
    if (!package.ruleset.empty()) {
        out["dependencies"].push_back(
            {{"id", pack_id_of(package.ruleset)},
             {"name", ruleset == nullptr ? sentence_case(package.ruleset) : title_of(*ruleset)},
             {"version", "*"}});
    }
    return out;
}

}  // namespace datasworn
