// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/files/pack_source.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "kernel/campaign/files/limits.hpp"
#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

tl::unexpected<Error> no_session_pack(const std::string& why, const std::string& hint) {
    return fail(ErrorKind::input, "SZ-CAMPAIGN-060", why, hint, "szpack.json");
}

tl::unexpected<Error> unknown_format() {
    return no_session_pack("This session datapack's format is not known.",
                           "It may be from a newer version of SessionZero; update this one.");
}

}  // namespace

Result<std::unique_ptr<PackSource>> PackSource::open(PackFiles files) {
    std::unique_ptr<PackSource> source(new PackSource(std::move(files)));
    const std::string* manifest = source->find(session_pack::manifest);
    const auto about_pack = parse_json(manifest == nullptr ? std::string_view() : *manifest);
    if (!about_pack || string_or(*about_pack, "packType") != "session")
        return no_session_pack("This pack is not a session datapack: it holds no campaign.",
                               "Content packs are brought in by szctl pack import.");
    const std::string* text = source->find(session_pack::about);
    const auto about = parse_json(text == nullptr ? std::string_view() : *text);
    if (!about || read::count(*about, "format") != 1U) return unknown_format();
    source->promised_ = read::count(*about, "events").value_or(0);
    source->find_lines();
    return source;
}

Result<std::unique_ptr<PackSource>> PackSource::open_torn(PackFiles files) {
    std::unique_ptr<PackSource> source(new PackSource(std::move(files)));
    const auto said = [&](std::string_view path) {
        const std::string* text = source->find(path);
        return text == nullptr ? Result<Json>(Json()) : parse_json(*text);
    };
    if (const auto manifest = said(session_pack::manifest);
        manifest && manifest->is_object() && string_or(*manifest, "packType") != "session")
        return no_session_pack("This pack is not a session datapack: it holds no campaign.",
                               "Content packs are built again from their folder.");
    if (const auto about = said(session_pack::about); about && about->is_object()) {
        if (read::count(*about, "format") != 1U) return unknown_format();
        source->promised_ = read::count(*about, "events").value_or(0);
    }
    source->find_lines();
    if (!source->events_.empty()) return source;
    return fail(ErrorKind::input, "SZ-CAMPAIGN-068",
                "Nothing of this campaign can be saved from here: not one event can be read.",
                "Ask for another copy, or export the campaign again.");
}

void PackSource::find_lines() {
    each_line(session_pack::events, [&](std::string_view line) {
        if (const auto event = parse_event_line(line)) events_.try_emplace(event->index, line);
    });
    each_line(session_pack::verdicts, [&](std::string_view line) {
        if (const auto verdict = parse_verdict_line(line))
            verdicts_.try_emplace({verdict->stream, verdict->seq}, line);
    });
}

const std::string* PackSource::find(std::string_view path) const {
    const auto found = std::find_if(files_.begin(), files_.end(),
                                    [&](const PackFile& file) { return file.path == path; });
    return found == files_.end() ? nullptr : &found->content;
}

void PackSource::each_line(std::string_view name,
                           const std::function<void(std::string_view)>& fn) const {
    for (const PackFile& file : files_) {
        const std::string_view path = file.path;
        if (!path.starts_with(name) || !path.ends_with(session_pack::lines_end)) continue;
        std::string_view rest = file.content;
        while (!rest.empty()) {
            const auto end = std::min(rest.find('\n'), rest.size());
            if (end > 0) fn(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
}

EventIndex PackSource::last() {
    const EventIndex there = events_.empty() ? 0 : events_.rbegin()->first;
    return std::max(there, std::min<EventIndex>(promised_, limits::campaign_events_max));
}

Result<Event> PackSource::event(EventIndex index) {
    const auto found = events_.find(index);
    if (found == events_.end())
        return fail(ErrorKind::input, "SZ-CAMPAIGN-061", "it is missing, or its line is damaged");
    return parse_event_line(found->second);
}

Result<std::vector<Stream>> PackSource::streams() {
    std::vector<Stream> streams;
    each_line(session_pack::streams, [&](std::string_view line) {
        auto stream = parse_stream_line(line);
        if (stream && streams.size() < limits::campaign_streams_max)
            streams.push_back(std::move(*stream));
    });
    std::stable_sort(streams.begin(), streams.end(),
                     [](const Stream& a, const Stream& b) { return a.number < b.number; });
    return streams;
}

Result<std::optional<Verdict>> PackSource::verdict(std::uint64_t stream, std::uint64_t seq) {
    const auto found = verdicts_.find({stream, seq});
    if (found == verdicts_.end()) return std::optional<Verdict>();
    SZ_ASSIGN(Verdict verdict, parse_verdict_line(found->second));
    return std::optional<Verdict>(std::move(verdict));
}

std::vector<Snapshot> PackSource::snapshots() {
    std::vector<Snapshot> all;
    each_line(session_pack::snapshots, [&](std::string_view line) {
        auto one = parse_snapshot_line(line);
        if (one && all.size() < limits::snapshots_by_hand_max) all.push_back(std::move(*one));
    });
    std::stable_sort(all.begin(), all.end(),
                     [](const Snapshot& a, const Snapshot& b) { return a.event < b.event; });
    return all;
}

Result<std::optional<Seal>> PackSource::seal() const {
    const std::string* text = find(session_pack::seal);
    if (text == nullptr) return std::optional<Seal>();
    const auto json = parse_json(*text);
    Seal seal;
    const std::string hex = json ? string_or(*json, "signature") : std::string();
    const auto first = digest_from_hex(hex.substr(0, hex.size() / 2));
    const auto second = digest_from_hex(hex.substr(hex.size() / 2));
    if (!json || !first || !second)
        return fail(ErrorKind::input, "SZ-CAMPAIGN-071",
                    "The seal of this session datapack cannot be read.",
                    "Ask for another copy, or export the campaign again.",
                    std::string(session_pack::seal));
    std::copy(first->begin(), first->end(), seal.signature.begin());
    std::copy(second->begin(), second->end(),
              seal.signature.begin() + static_cast<std::ptrdiff_t>(first->size()));
    seal.bytes = string_or(*json, "seal");
    return std::optional<Seal>(std::move(seal));
}

}  // namespace sz::campaign
