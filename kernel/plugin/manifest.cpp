// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/manifest.hpp"

#include <sz/abi.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "kernel/base/files.hpp"
#include "kernel/base/limits.hpp"

namespace sz {

namespace {

std::vector<std::string> texts(const Json& object, const char* key) {
    std::vector<std::string> found;
    const auto list = object.find(key);
    if (list == object.end() || !list->is_array()) return found;
    for (const Json& item : *list)
        if (item.is_string()) found.push_back(item.get<std::string>());
    return found;
}

// "1.0"
bool parse_abi(const std::string& text, Manifest& manifest) {
    const char* end = text.data() + text.size();
    const auto major = std::from_chars(text.data(), end, manifest.abi_major);
    if (major.ec != std::errc{} || major.ptr == end || *major.ptr != '.') return false;
    const auto minor = std::from_chars(major.ptr + 1, end, manifest.abi_minor);
    return minor.ec == std::errc{} && minor.ptr == end;
}

// Everything that whoever wrote the file has to mend.
Error wrong_by_schema(const char* file, const Findings& faults) {
    constexpr std::size_t told_max = 10;
    const Finding& first = faults.front();
    Error error{ErrorKind::input,
                "SZ-PLUGIN-002",
                std::string("Its ") + file + " is wrong",
                {},
                first.pointer};
    if (faults.size() == 1) {
        if (!first.pointer.empty()) error.message += " at “" + first.pointer + "”";
        error.message += ": " + first.message;
        error.hint = first.hint;
        return error;
    }
    error.message += " in " + std::to_string(faults.size()) + " places.";
    for (std::size_t i = 0; i < std::min(faults.size(), told_max); ++i) {
        const Finding& fault = faults[i];
        error.message += fault.pointer.empty() ? " As a whole" : " At “" + fault.pointer + "”";
        error.message += ": " + fault.message + (fault.hint.empty() ? "" : " ") + fault.hint;
    }
    if (faults.size() > told_max)
        error.message += " And " + std::to_string(faults.size() - told_max) + " more.";
    return error;
}

Result<Json> parse_checked(const std::string& text, const char* file, const char* schema,
                           const Bus::SchemaCheck& check) {
    auto parsed = parse_json(text, {limits::plugin_manifest_bytes_max, 8, 16 * limits::kib});
    if (!parsed) {
        Error wrong = std::move(parsed).error();
        wrong.code = "SZ-PLUGIN-001";
        wrong.message =
            std::string("Its ") + file + " cannot be read (" + wrong.where + "): " + wrong.message;
        return fail(std::move(wrong));
    }
    if (check) {
        Findings faults = check(std::string(embedded_schema(schema)), *parsed);
        std::erase_if(faults, [](const Finding& f) { return f.severity != Severity::error; });
        if (!faults.empty()) return fail(wrong_by_schema(file, faults));
    }
    if (!parsed->is_object())
        return fail(ErrorKind::input, "SZ-PLUGIN-002",
                    std::string("Its ") + file + " is not a JSON object.");
    return parsed;
}

tl::unexpected<Error> contradiction(std::string message, std::string where) {
    return fail(ErrorKind::input, "SZ-PLUGIN-003", std::move(message),
                "Build the plugin again with sz_add_plugin.", std::move(where));
}

}  // namespace

bool Manifest::asks_for(std::string_view capability) const {
    return std::find(capabilities.begin(), capabilities.end(), capability) != capabilities.end();
}

Result<Manifest> parse_manifest(const std::string& text, const Bus::SchemaCheck& check) {
    SZ_ASSIGN(const Json json, parse_checked(text, "plugin.json", "v1/plugin", check));
    Manifest manifest;
    manifest.id = string_or(json, "id");
    manifest.name = string_or(json, "name");
    manifest.version = string_or(json, "version");
    manifest.description = string_or(json, "description");
    manifest.author = string_or(json, "author");
    manifest.license = string_or(json, "license");
    manifest.kind = string_or(json, "kind");
    manifest.library = string_or(json, "library");
    manifest.extensions = texts(json, "extensions");
    manifest.capabilities = texts(json, "capabilities");
    if (!parse_abi(string_or(json, "abi"), manifest))
        return contradiction("The “abi” is not a version such as 1.0.", "/abi");
    if (const auto dependencies = json.find("dependencies");
        dependencies != json.end() && dependencies->is_array())
        for (const Json& item : *dependencies)
            manifest.dependencies.push_back({string_or(item, "id"), string_or(item, "version")});
    if (const auto files = json.find("files"); files != json.end() && files->is_object())
        for (const auto& [name, hash] : files->items())
            manifest.files.emplace(name,
                                   hash.is_string() ? hash.get<std::string>() : std::string());
    if (manifest.files.size() > limits::plugin_files_max)
        return contradiction("It lists more files than a plugin may have.", "/files");
    if (!manifest.files.contains(manifest.library))
        return contradiction("The library “" + manifest.library + "” is not among the files.",
                             "/library");
    return manifest;
}

Result<Bundle> read_bundle(const std::filesystem::path& folder, const Bus::SchemaCheck& check) {
    Bundle bundle;
    const auto file = folder / "bundle.json";
    std::error_code ignored;
    if (folder.empty() || !fs::exists(file, ignored)) return bundle;
    auto text = read_file(file, limits::plugin_manifest_bytes_max);
    auto json = text ? parse_checked(*text, "bundle.json", "v1/bundle", check)
                     : Result<Json>(tl::unexpected(text.error()));
    if (!json || !json->contains("plugins") || !json->at("plugins").is_array()) {
        return fail(ErrorKind::environment, "SZ-PLUGIN-008",
                    "The list of the program's own plugins is damaged" +
                        (json ? std::string() : ": " + json.error().message),
                    "Install SessionZero again.", file.string());
    }
    for (const Json& item : json->at("plugins"))
        bundle.insert_or_assign(string_or(item, "id"), BundledPlugin{string_or(item, "version"),
                                                                     string_or(item, "sha256")});
    return bundle;
}

Status check_abi(unsigned major, unsigned minor) {
    if (major == SZ_ABI_MAJOR && minor <= SZ_ABI_MINOR) return {};
    const std::string theirs = std::to_string(major) + "." + std::to_string(minor);
    const std::string ours = std::to_string(SZ_ABI_MAJOR) + "." + std::to_string(SZ_ABI_MINOR);
    const bool is_newer = major > SZ_ABI_MAJOR || (major == SZ_ABI_MAJOR && minor > SZ_ABI_MINOR);
    return fail(ErrorKind::unsupported, "SZ-PLUGIN-009",
                "It was built for version " + theirs +
                    " of the plugin interface; this program has " + ours + ".",
                is_newer ? "Update SessionZero." : "Ask the plugin's author for a newer version.");
}

}  // namespace sz
