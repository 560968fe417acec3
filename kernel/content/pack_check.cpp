// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/pack_check.hpp"

#include "kernel/content/pack_contents.hpp"
#include "kernel/content/pack_fields.hpp"
#include "kernel/content/pack_formulas.hpp"
#include "kernel/content/pack_links.hpp"

namespace sz {

namespace {

// False when `progress` asked to stop.
bool check_contents(PackContents& contents, const FieldTypes& types, const OtherPacks& others,
                    const ProgressFn& progress, PackReport& report) {
    PackLinks links(contents, others, report);
    PackFields fields(types, links, report);
    links.check_dependencies();
    links.check_manifest();
    const auto count = contents.objects.size();
    Pulse pulse(progress, 2 * count);
    for (std::size_t i = 0; i < count && !pulse.is_stopped(); ++i) {
        auto& object = contents.objects[i];
        pulse.enter(count + i, object.path);
        if (pulse.is_stopped()) break;
        links.check_object(object, pulse);
        fields.check(object, pulse);
        check_formulas(object, types, report);
    }
    return !pulse.is_stopped();
}

}  // namespace

std::optional<CheckedPack> check_pack(const PackFiles& files, const FieldTypes& fields,
                                      const OtherPacks& others, const ProgressFn& progress,
                                      Findings& findings) {
    PackReport report;
    PackContents contents;
    if (!load_contents(files, progress, contents, report)) return std::nullopt;
    CheckedPack pack;
    if (contents.is_session) {
        report.finish(findings);
        return std::nullopt;
    }
    pack.entries = check_objects(contents, report);
    if (!check_contents(contents, fields, others, progress, report)) return std::nullopt;
    const bool is_good = !report.has_error();
    report.finish(findings);
    if (!is_good) return std::nullopt;
    pack.manifest = std::move(contents.manifest);
    pack.images.assign(contents.images.begin(), contents.images.end());
    for (auto& object : contents.objects)
        pack.objects.push_back({std::move(object.path), std::move(object.type),
                                std::move(object.id), std::move(object.json)});
    return pack;
}

}  // namespace sz
