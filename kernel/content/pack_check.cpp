// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/pack_check.hpp"

#include "kernel/content/pack_contents.hpp"
#include "kernel/content/pack_effects.hpp"
#include "kernel/content/pack_fields.hpp"
#include "kernel/content/pack_formulas.hpp"
#include "kernel/content/pack_links.hpp"
#include "kernel/content/pack_translations.hpp"

namespace sz {

namespace {

// False when `progress` asked to stop.
bool check_contents(PackContents& contents, const FieldTypes& types, const OtherPacks& others,
                    const ProgressFn& progress, std::optional<TextCount>& texts,
                    PackReport& report) {
    PackLinks links(contents, others, report);
    PackFields fields(types, links, report);
    PackReach reach(contents, others);
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
        check_formulas(object, types, reach, report);
        check_effects(object, types, reach, report);
    }
    texts = check_translations(contents, types, others, links, pulse, report);
    return !pulse.is_stopped();
}

}  // namespace

std::optional<ExaminedPack> examine_pack(const PackFiles& files, const FieldTypes& fields,
                                         const OtherPacks& others, const ProgressFn& progress,
                                         Findings& findings) {
    PackReport report;
    PackContents contents;
    if (!load_contents(files, progress, contents, report)) return std::nullopt;
    ExaminedPack examined;
    auto& pack = examined.pack;
    if (contents.is_session) {
        report.finish(findings);
        return std::nullopt;
    }
    pack.entries = check_objects(contents, report);
    if (!check_contents(contents, fields, others, progress, pack.texts, report))
        return std::nullopt;
    examined.is_sound = !report.has_error();
    report.finish(findings);
    pack.manifest = std::move(contents.manifest);
    pack.images.assign(contents.images.begin(), contents.images.end());
    for (auto& object : contents.objects) {
        if (object.is_readable)
            pack.objects.push_back({std::move(object.path), std::move(object.type),
                                    std::move(object.id), std::move(object.json)});
    }
    return examined;
}

std::optional<CheckedPack> check_pack(const PackFiles& files, const FieldTypes& fields,
                                      const OtherPacks& others, const ProgressFn& progress,
                                      Findings& findings) {
    auto examined = examine_pack(files, fields, others, progress, findings);
    if (!examined || !examined->is_sound) return std::nullopt;
    return std::move(examined->pack);
}

}  // namespace sz
