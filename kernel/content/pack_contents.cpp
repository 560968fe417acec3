// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/pack_contents.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <sz/wx/image_size.hpp>
#include <utility>

#include "kernel/base/limits.hpp"
#include "kernel/content/pack_schemas.hpp"
#include "kernel/content/schema_words.hpp"

namespace sz {

namespace {

constexpr std::array<std::pair<std::string_view, const char*>, 4> object_folders{{
    {"objects/datasets/", "dataset"},
    {"objects/character-templates/", "character-template"},
    {"objects/session-templates/", "session-template"},
    {"objects/translations/", "translation"},
}};

bool begins_with(std::string_view text, std::string_view beginning) {
    return text.substr(0, beginning.size()) == beginning;
}

std::string lower_extension(std::string_view path) {
    const auto dot = path.rfind('.');
    if (dot == std::string_view::npos) return {};
    std::string extension(path.substr(dot + 1));
    for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return extension;
}

bool is_image_name(std::string_view path) {
    const auto extension = lower_extension(path);
    constexpr std::array known{"png", "jpg", "jpeg", "gif", "webp", "svg"};
    return std::find(known.begin(), known.end(), extension) != known.end();
}

// Whether the first bytes are what the name says. Text formats are not looked at.
bool has_image_content(std::string_view path, std::string_view content) {
    const auto extension = lower_extension(path);
    if (extension == "png") return begins_with(content, "\x89PNG\r\n\x1a\n");
    if (extension == "jpg" || extension == "jpeg") return begins_with(content, "\xFF\xD8\xFF");
    if (extension == "gif") return begins_with(content, "GIF8");
    if (extension == "webp")
        return begins_with(content, "RIFF") && content.substr(0, 12).substr(8) == "WEBP";
    return true;
}

// Files that explain a pack to people and belong at its top.
bool is_document(std::string_view path) {
    if (path.find('/') != std::string_view::npos) return false;
    const auto stem = path.substr(0, path.find('.'));
    constexpr std::array<std::string_view, 5> known{"README", "LICENSE", "NOTICE", "CHANGELOG",
                                                    "CREDITS"};
    return std::find(known.begin(), known.end(), stem) != known.end();
}

// Nested no deeper than limits::json_depth_max.
std::size_t count_values(const Json& json) {
    std::size_t count = 1;
    if (json.is_structured()) {
        for (const auto& one : json) count += count_values(one);
    }
    return count;
}

class Loader {
  public:
    Loader(PackContents& contents, PackReport& report) : contents_(contents), report_(report) {}

    void load(const PackFile& file) {
        if (file.path == manifest_path) return load_manifest(file);
        for (const auto& [folder, type] : object_folders) {
            if (begins_with(file.path, folder))
                return load_object(file, file.path.substr(folder.size()), type);
        }
        if (begins_with(file.path, images_folder) && is_image_name(file.path))
            return load_image(file);
        if (!is_document(file.path)) report_unexpected(file.path);
    }

  private:
    void load_manifest(const PackFile& file) {
        if (!read_json(file, contents_.manifest)) return;
        check_schema_of(contents_.manifest, file.path, "szpack");
        contents_.id = string_or(contents_.manifest, "id");
        contents_.version = string_or(contents_.manifest, "version");
        if (string_or(contents_.manifest, "packType") != "session") return;
        contents_.is_session = true;
        report_.error("SZ-PACK-029", file.path, "/packType",
                      "This is a session datapack: an exported campaign, not content for the "
                      "library.",
                      "Bring it in with “szctl campaign import”.");
    }

    void load_object(const PackFile& file, const std::string& name, const char* type) {
        constexpr std::string_view ending = ".json";
        if (name.size() <= ending.size() || name.substr(name.size() - ending.size()) != ending ||
            name.find('/') != std::string::npos)
            return report_unexpected(file.path);
        auto& object = contents_.objects.emplace_back();
        object.path = file.path;
        object.type = type;
        object.id = name.substr(0, name.size() - ending.size());
        object.is_readable = read_json(file, object.json);
        if (!object.is_readable) return;
        const auto written_type = string_or(object.json, "szType", type);
        const bool is_other =
            std::any_of(object_folders.begin(), object_folders.end(), [&](const auto& one) {
                return one.second == written_type && one.second != object.type;
            });
        if (is_other) {
            report_.error("SZ-PACK-021", file.path, "/szType",
                          "A " + written_type + " stands in the folder of another kind.",
                          "Move the file to objects/" + written_type + "s/, or correct “szType”.");
        }
        check_schema_of(object.json, file.path, is_other ? written_type : type);
        object.id = string_or(object.json, "id", object.id);
    }

    void load_image(const PackFile& file) {
        contents_.images.insert(file.path.substr(images_folder.size()));
        if (!has_image_content(file.path, file.content)) {
            report_.warning("SZ-PACK-052", file.path, "",
                            "The file is not the kind of image that its name says.",
                            "Save it again in the format of its ending.");
        }
        const auto size = ui::image_size(file.content);
        if (size && !size->fits(limits::image_side_max)) {
            report_.warning(
                "SZ-PACK-053", file.path, "",
                "The image is " + std::to_string(size->width) + " × " +
                    std::to_string(size->height) + " pixels large; images of more than " +
                    std::to_string(limits::image_side_max) + " pixels on a side are not shown.",
                "Save it again in a smaller size.");
        }
    }

    void report_unexpected(const std::string& path) {
        const bool is_in_images = begins_with(path, images_folder);
        report_.warning("SZ-PACK-020", path, "", "The file has no place in a pack and is not used.",
                        is_in_images ? "Images end in .png, .jpg, .gif, .webp or .svg."
                                     : "Objects are .json files directly in objects/datasets, "
                                       "objects/character-templates, "
                                       "objects/session-templates or objects/translations; images "
                                       "stand below media/images.");
    }

    // How much JSON a pack may hold in all: every value of it is kept in memory until the end of
    // the check.
    bool has_room_for(const PackFile& file) {
        json_bytes_ += file.content.size();
        if (json_bytes_ > limits::pack_json_total_bytes_max) {
            report_full("The JSON files of the pack are larger than " +
                        std::to_string(limits::pack_json_total_bytes_max / limits::mib) +
                        " MiB together.");
        }
        return !is_full_;
    }

    void report_full(std::string message) {
        if (std::exchange(is_full_, true)) return;
        report_.error("SZ-PACK-062", "", "", std::move(message), "Divide it into several packs.");
    }

    [[nodiscard]] static JsonLimits json_limits() {
        return {limits::pack_json_file_bytes_max, limits::json_depth_max,
                limits::json_string_bytes_max};
    }

    bool take(Json parsed, Json& json) {
        values_ += count_values(parsed);
        if (values_ > limits::pack_json_values_max) {
            report_full("The JSON files of the pack hold more than " +
                        std::to_string(limits::pack_json_values_max) + " values together.");
            return false;
        }
        json = std::move(parsed);
        return true;
    }

    bool read_json(const PackFile& file, Json& json) {
        if (!has_room_for(file)) return false;
        report_.set_text(file.path, file.content);
        auto parsed = parse_json(file.content, json_limits());
        if (!parsed && parsed.error().code == "SZ-JSON-002") {
            // All of them are reported, and the rest of the file is checked without them.
            const auto duplicates = duplicate_keys(file.content);
            for (const auto& one : duplicates) {
                Finding finding{"SZ-PACK-012",
                                Severity::error,
                                file.path,
                                one.pointer,
                                one.place.line,
                                one.place.column,
                                "The key " + quote(one.key) + " stands twice in one object.",
                                "Remove or rename one of them."};
                report_.add(std::move(finding));
            }
            const auto& rest =
                contents_.texts.emplace_back(without_duplicates(file.content, duplicates));
            report_.set_text(file.path, rest);
            parsed = parse_json(rest, json_limits());
            if (!parsed && parsed.error().code == "SZ-JSON-002") return false;
        }
        if (parsed) return take(std::move(*parsed), json);
        const auto& error = parsed.error();
        Finding finding{error.kind == ErrorKind::limit ? "SZ-PACK-013" : "SZ-PACK-011",
                        Severity::error,
                        file.path,
                        "",
                        0,
                        0,
                        error.message,
                        error.hint};
        const auto colon = std::min(error.where.find(':'), error.where.size());
        std::from_chars(error.where.data(), error.where.data() + colon, finding.line);
        if (colon < error.where.size())
            std::from_chars(error.where.data() + colon + 1, error.where.data() + error.where.size(),
                            finding.column);
        report_.add(std::move(finding));
        return false;
    }

    void check_schema_of(const Json& json, const std::string& path, std::string_view kind) {
        const auto& schema = pack_schema(kind);
        bool has_unknown = false;
        auto faults = schema.faults(json, has_unknown);
        if (faults.empty() && !has_unknown) return;
        for (auto& fault : faults)
            report_.error("SZ-PACK-015", path, std::move(fault.pointer), std::move(fault.message),
                          std::move(fault.hint));
        for (auto& fault : schema.unknown_keys(json))
            report_.warning("SZ-PACK-016", path, std::move(fault.pointer), std::move(fault.message),
                            std::move(fault.hint));
    }

    PackContents& contents_;
    PackReport& report_;
    std::size_t json_bytes_ = 0, values_ = 0;  // of all files so far
    bool is_full_ = false;                     // the rest is not read any more
};

void check_limits(const PackFiles& files, PackReport& report) {
    if (files.size() > limits::pack_files_max) {
        report.error("SZ-PACK-060", "", "",
                     "The pack has more than " + std::to_string(limits::pack_files_max) + " files.",
                     "Divide it into several packs.");
    }
    std::uint64_t total = 0;
    for (const auto& file : files) {
        total += file.content.size();
        if (file.content.size() > limits::pack_file_bytes_max) {
            report.error("SZ-PACK-061", file.path, "",
                         "The file is larger than " +
                             std::to_string(limits::pack_file_bytes_max / limits::mib) + " MiB.",
                         "Make it smaller or divide it.");
        }
    }
    if (total > limits::pack_total_bytes_max) {
        report.error("SZ-PACK-062", "", "",
                     "The pack is larger than " +
                         std::to_string(limits::pack_total_bytes_max / limits::mib) + " MiB.",
                     "Divide it into several packs.");
    }
}

}  // namespace

bool load_contents(const PackFiles& files, const ProgressFn& progress, PackContents& contents,
                   PackReport& report) {
    check_limits(files, report);
    Loader loader(contents, report);
    const auto manifest = std::find_if(files.begin(), files.end(),
                                       [](const auto& file) { return file.path == manifest_path; });
    // First, because what it says of the kind of pack counts for all other files.
    if (manifest != files.end()) loader.load(*manifest);
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (progress && !progress(i, 2 * files.size(), files[i].path)) return false;
        if (files[i].path != manifest_path && !contents.is_session) loader.load(files[i]);
    }
    if (manifest == files.end()) {
        report.error("SZ-PACK-010", manifest_path, "", "The pack has no szpack.json.",
                     "Write one at its top, with at least “id”, “name” and “version”.");
    }
    std::sort(contents.objects.begin(), contents.objects.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return true;
}

}  // namespace sz
