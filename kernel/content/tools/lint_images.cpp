// SPDX-License-Identifier: AGPL-3.0-or-later
// Advice about the pictures of a pack.
#include <map>
#include <set>
#include <sz/wx/image_size.hpp>

#include "kernel/base/limits.hpp"
#include "kernel/content/pack_contents.hpp"
#include "kernel/content/schema_words.hpp"
#include "kernel/content/tools/lint_rules.hpp"
#include "kernel/content/tools/walk.hpp"

namespace sz::tools::rules {

namespace {

template <class Visit>
void for_each_image(const LintSubject& subject, const Visit& visit) {
    for (const auto& file : subject.files) {
        if (file.path.starts_with(images_folder)) visit(file);
    }
}

// Every text in it: whatever a field's type calls an image, its path is one of them.
void add_texts(const Json& json, std::set<std::string>& texts) {
    if (json.is_string()) texts.insert(json.get_ref<const std::string&>());
    if (!json.is_structured()) return;
    for (const auto& one : json) add_texts(one, texts);
}

std::string mib_of(std::size_t bytes) {
    const auto tenths = (bytes * 10 + limits::mib / 2) / limits::mib;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MiB";
}

}  // namespace

void unused_image(const LintSubject& subject, LintReport& report) {
    std::set<std::string> texts;
    add_texts(subject.pack.manifest, texts);
    for (const auto& object : subject.pack.objects) add_texts(object.json, texts);
    for (const auto& path : subject.pack.images) {
        if (texts.contains(path)) continue;
        report.advise(std::string(images_folder) + path, "",
                      "Nothing in the pack shows the image " + quote(path) + ".",
                      "Name it as an “icon” or in a field, or remove it.");
    }
}

void heavy_image(const LintSubject& subject, LintReport& report) {
    for_each_image(subject, [&](const PackFile& file) {
        if (file.content.size() <= advised::image_bytes) return;
        report.advise(file.path, "", "The image has " + mib_of(file.content.size()) + ".",
                      "Save it smaller, or as .webp: every player fetches it.");
    });
}

void large_image(const LintSubject& subject, LintReport& report) {
    for_each_image(subject, [&](const PackFile& file) {
        const auto size = ui::image_size(file.content);
        if (!size || (size->width <= advised::image_side && size->height <= advised::image_side))
            return;
        if (!size->fits(limits::image_side_max)) return;  // the check has said so
        report.advise(file.path, "",
                      "The image is " + std::to_string(size->width) + " × " +
                          std::to_string(size->height) + " pixels large.",
                      "No side of more than " + std::to_string(advised::image_side) +
                          " pixels is ever seen; scale it down.");
    });
}

void same_image(const LintSubject& subject, LintReport& report) {
    std::map<std::string_view, std::string> by_content;
    for_each_image(subject, [&](const PackFile& file) {
        const auto [other, is_new] = by_content.try_emplace(file.content, file.path);
        if (is_new) return;
        report.advise(file.path, "", "It is the same image as " + other->second + ".",
                      "Keep one of them and name it in both places.");
    });
}

}  // namespace sz::tools::rules
