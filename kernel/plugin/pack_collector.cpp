// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/pack_collector.hpp"

#include <algorithm>
#include <utility>

#include "kernel/base/limits.hpp"
#include "kernel/plugin/abi_status.hpp"
#include "kernel/plugin/pack_path.hpp"

namespace sz {

namespace {

Error too_much(std::string what, std::size_t limit, const std::string& path) {
    return {ErrorKind::limit, "SZ-PACK-005", what + " (at most " + std::to_string(limit) + ").",
            "Split the pack into smaller ones.", path};
}

}  // namespace

// The functions of the table must not let an exception into the plugin.
template <class Fn>
sz_status PackCollector::guarded(void* self, Fn&& fn) noexcept {
    auto& collector = *static_cast<PackCollector*>(self);
    if (!is_allowed(collector.thread_.is_current(), {}, "sz_pack_writer")) return SZ_ERR_INTERNAL;
    try {
        if (collector.status_ == SZ_OK) collector.status_ = fn(collector);
    } catch (...) {
        collector.status_ = SZ_ERR_LIMIT;
    }
    return collector.status_;
}

sz_status PackCollector::c_begin(void* self) noexcept {
    return guarded(self, [](PackCollector& c) { return c.begin(); });
}
sz_status PackCollector::c_put(void* self, sz_str path, sz_bytes content) noexcept {
    return guarded(self, [&](PackCollector& c) { return c.put(view(path), view(content)); });
}
sz_status PackCollector::c_account(void* self, sz_str json) noexcept {
    return guarded(self, [&](PackCollector& c) { return c.account(view(json)); });
}

sz_status PackCollector::refuse(Error why) {
    const sz_status status = abi_status(why.kind);
    findings_.push_back({why.code, Severity::error, why.where, {}, 0, 0, why.message, why.hint});
    return status;
}

sz_status PackCollector::begin() {
    if (packs_.packs.size() == limits::packs_in_source_max)
        return refuse(too_much("The source holds too many packs", limits::packs_in_source_max, {}));
    packs_.packs.emplace_back();
    folded_.clear();
    return SZ_OK;
}

sz_status PackCollector::put(std::string_view path, std::string_view content) {
    if (packs_.packs.empty()) return SZ_ERR_INVALID;
    if (auto checked = check_pack_path(path); !checked) return refuse(std::move(checked).error());
    const std::string own(path);
    auto& files = packs_.packs.back();
    if (files.size() == limits::pack_files_max)
        return refuse(too_much("The pack has too many files", limits::pack_files_max, own));
    if (content.size() > limits::pack_file_bytes_max)
        return refuse(
            too_much("A file of the pack has too many bytes", limits::pack_file_bytes_max, own));
    if (content.size() > limits::pack_total_bytes_max - bytes_)
        return refuse(too_much("The pack has too many bytes", limits::pack_total_bytes_max, own));
    const auto [other, is_new] = folded_.emplace(fold_case(path), own);
    if (!is_new) {
        return refuse({ErrorKind::input, "SZ-PACK-004",
                       other->second == own ? "The file is in the pack twice."
                                            : "The pack has “" + other->second +
                                                  "” too, which is the same name on many systems.",
                       "Rename or remove one of the two.", own});
    }
    bytes_ += content.size();
    files.push_back({own, std::string(content)});
    return SZ_OK;
}

sz_status PackCollector::account(std::string_view json) {
    auto parsed = parse_json(json);
    if (!parsed || !parsed->is_object()) return SZ_ERR_INVALID;
    packs_.account = std::move(*parsed);
    return SZ_OK;
}

ReadPacks PackCollector::take() {
    for (PackFiles& files : packs_.packs)
        std::sort(files.begin(), files.end(),
                  [](const PackFile& a, const PackFile& b) { return a.path < b.path; });
    return std::move(packs_);
}

}  // namespace sz
