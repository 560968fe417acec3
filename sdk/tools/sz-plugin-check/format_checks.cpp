// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/ext/pack_format.h>
#include <sz/cpp/testing.hpp>

#include "subject.hpp"

namespace check {

using sz::plugin::str;
using sz::plugin::testing::FindingList;
using sz::plugin::testing::LoadedPlugin;

namespace {

template <class Law>
Complaint for_each_format(const Subject& subject, Law law) {
    const LoadedPlugin plugin(subject.library(), subject.data_dir);
    const auto& formats = plugin.extension<sz_pack_formats>(SZ_PACK_FORMATS_ID);
    for (std::uint32_t i = 0; i < formats.count; ++i)
        if (auto complaint = law(*formats.items[i], subject.data_dir + "/missing"))
            return std::string(formats.items[i]->name) + ": " + *complaint;
    return {};
}

Complaint probes_calmly(const sz_pack_format& format, const std::string& missing) {
    for (const std::string& path :
         {missing, std::string("/"), std::string(), std::string("/dev/null")}) {
        const std::int32_t sure = format.probe(format.self, str(path));
        if (sure < 0 || sure > 100)
            return "probe(" + path + ") is " + std::to_string(sure) + ", not 0 to 100.";
    }
    return {};
}

Complaint refuses_what_is_not_there(const sz_pack_format& format, const std::string& missing) {
    if ((format.flags & SZ_PACK_FORMAT_READS) == 0) return {};
    const sz_pack_writer nowhere{sizeof(sz_pack_writer),
                                 0,
                                 nullptr,
                                 [](void*) -> sz_status { return SZ_OK; },
                                 [](void*, sz_str, sz_bytes) -> sz_status { return SZ_OK; },
                                 [](void*, sz_str) -> sz_status { return SZ_OK; }};
    const sz_progress quiet{
        sizeof(sz_progress), 0, nullptr,
        [](void*, std::uint64_t, std::uint64_t, sz_str) -> sz_status { return SZ_OK; }};
    const FindingList findings;
    if (format.read(format.self, str(missing), str("{}"), &nowhere, &quiet, findings.table()) ==
        SZ_OK)
        return std::string("read says that all is well with a path that does not exist.");
    if (findings.items.empty())
        return std::string("read of a path that does not exist says nothing about why.");
    return {};
}

}  // namespace

std::vector<Check> format_checks(const Subject& subject) {
    if (!subject.offers(SZ_PACK_FORMATS_ID)) return {};
    return {{"format.probe", "probe answers 0 to 100, whatever the path.",
             [](const Subject& s) { return for_each_format(s, probes_calmly); }},
            {"format.missing", "A path that is not there is refused with a finding.",
             [](const Subject& s) { return for_each_format(s, refuses_what_is_not_there); }}};
}

}  // namespace check
