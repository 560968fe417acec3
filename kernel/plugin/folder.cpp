// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/folder.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "kernel/base/files.hpp"
#include "kernel/base/json.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/crypto/crypto.hpp"

namespace sz {

namespace {

tl::unexpected<Error> refuse_file(const std::string& name, const char* what) {
    return fail(ErrorKind::input, "SZ-PLUGIN-005", "“" + name + "” " + what + ".",
                "A plugin folder holds exactly the files that its plugin.json lists. Get the "
                "plugin again from its author.",
                name);
}

// The bytes of an open file, from its beginning.
Result<std::string> read_open(sys::File& file, const std::string& name) {
    const auto size = file.size();
    if (!size) return refuse_file(name, "cannot be read");
    if (*size > limits::plugin_file_bytes_max)
        return refuse_file(name, "is larger than a plugin's file may be");
    std::string bytes(static_cast<std::size_t>(*size), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto part = file.read(std::span(bytes).subspan(done));
        if (!part) return refuse_file(name, "cannot be read");
        if (*part == 0) break;
        done += *part;
    }
    bytes.resize(done);
    return bytes;
}

}  // namespace

Result<ReadManifest> read_manifest(const std::filesystem::path& folder,
                                   const Bus::SchemaCheck& check) {
    const std::string folder_name = folder.filename().string();
    std::error_code ignored;
    if (fs::is_symlink(fs::symlink_status(folder, ignored))) {
        return fail(ErrorKind::input, "SZ-PLUGIN-019",
                    "“" + folder_name + "” is a link, and a plugin's folder may not be one.",
                    "Remove the link and put the folder itself here: szctl plugin add FOLDER",
                    folder.string());
    }
    const auto status = fs::symlink_status(folder / manifest_name, ignored);
    if (!fs::exists(status)) {
        return fail(ErrorKind::input, "SZ-PLUGIN-019",
                    "The folder “" + folder_name + "” has no plugin.json: it is no plugin.",
                    "Get the plugin again from its author, or remove the folder.", folder.string());
    }
    if (fs::is_symlink(status)) return refuse_file(manifest_name, "is a link");
    ReadManifest read;
    SZ_ASSIGN(read.bytes, read_file(folder / manifest_name, limits::plugin_manifest_bytes_max));
    SZ_ASSIGN(read.manifest, parse_manifest(read.bytes, check));
    read.sha256 = sha256_hex(read.bytes);
    if (folder_name != read.manifest.id) {
        return fail(ErrorKind::input, "SZ-PLUGIN-004",
                    "The folder is called “" + folder_name + "”, but the plugin in it is “" +
                        read.manifest.id + "”.",
                    "A plugin's folder has the plugin's id as its name.", folder.string());
    }
    return read;
}

Result<std::optional<std::string>> check_signature(const std::filesystem::path& folder,
                                                   const std::string& manifest_bytes) {
    const auto file = folder / signature_name;
    const auto status = fs::symlink_status(file);
    if (!fs::exists(status)) return std::nullopt;
    const auto wrong = [&](const char* why) {
        return fail(ErrorKind::input, "SZ-PLUGIN-007",
                    std::string("The signature does not fit: ") + why + ".",
                    "Get the plugin again from its author; somebody may have changed it.",
                    signature_name);
    };
    if (!fs::is_regular_file(status)) return wrong("it is not a file");
    const auto text = read_file(file, 4 * limits::kib);
    if (!text) return wrong("it cannot be read");
    const auto json = parse_json(*text, {4 * limits::kib, 2, limits::kib});
    if (!json || !json->is_object()) return wrong("it is not JSON");
    const std::string signer = string_or(*json, "signer");
    const auto key = client_id_key(signer);
    if (!key) return wrong("its signer is not a Client ID");
    const std::string hex = string_or(*json, "signature");
    Signature signature{};
    const auto first = hex.size() == 128 ? digest_from_hex(hex.substr(0, 64)) : digest_from_hex("");
    const auto second = hex.size() == 128 ? digest_from_hex(hex.substr(64)) : digest_from_hex("");
    if (!first || !second) return wrong("it is not 128 hexadecimal digits");
    std::copy(first->begin(), first->end(), signature.begin());
    std::copy(second->begin(), second->end(), signature.begin() + 32);
    if (!verify(*key, signature_domain + manifest_bytes, signature))
        return wrong("plugin.json is not what was signed");
    return signer;
}

Result<sys::File> check_files(const std::filesystem::path& folder, const Manifest& manifest) {
    std::set<std::string> missing;
    for (const auto& [name, hash] : manifest.files) missing.insert(name);
    sys::File library;
    std::error_code error;
    fs::recursive_directory_iterator entries(folder, error);
    std::size_t seen = 0;
    for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
        const std::string name = entries->path().lexically_relative(folder).generic_string();
        if (++seen > 2 * limits::plugin_files_max) return refuse_file(name, "is one file too many");
        const auto status = entries->symlink_status(error);
        if (error) break;
        if (fs::is_directory(status)) continue;
        if (name == manifest_name || name == signature_name) continue;
        if (!fs::is_regular_file(status)) return refuse_file(name, "is a link or a device");
        const auto listed = manifest.files.find(name);
        if (listed == manifest.files.end())
            return refuse_file(name, "is not listed in plugin.json");
        auto file = sys::File::open_to_read(entries->path());
        if (!file) return refuse_file(name, "cannot be opened");
        SZ_ASSIGN(const std::string bytes, read_open(*file, name));
        if (sha256_hex(bytes) != listed->second) {
            return fail(
                ErrorKind::input, "SZ-PLUGIN-006",
                "“" + name + "” is not the file that plugin.json lists: its hash differs.",
                "Get the plugin again from its author; the file is damaged or somebody changed it.",
                name);
        }
        missing.erase(name);
        if (name == manifest.library) library = std::move(*file);
    }
    if (error) return refuse_file(folder.filename().string(), "cannot be read");
    if (!missing.empty()) return refuse_file(*missing.begin(), "is missing");
    return library;
}

}  // namespace sz
