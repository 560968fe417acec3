// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/files/rebuild.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "kernel/campaign/files/limits.hpp"
#include "kernel/campaign/fold.hpp"
#include "kernel/campaign/refusal.hpp"

namespace sz::campaign {

namespace {

constexpr std::size_t events_per_batch = 1000;
constexpr std::size_t bytes_per_batch = 16 * limits::mib;
constexpr EventIndex events_per_report = 256;

tl::unexpected<Error> nothing_holds(const std::string& why) {
    return fail(ErrorKind::input, "SZ-CAMPAIGN-068",
                "Nothing of this campaign can be saved from here: " + why + ".",
                "Try its other copies: szctl campaign backups ID lists them.");
}

// What a verdict says that a damaged part of the file took away.
std::string lost_refusal() {
    return stored_refusal({ErrorKind::environment,
                           "SZ-CAMPAIGN-075",
                           "This change was refused; the reason was lost with a damaged part of "
                           "the campaign's file.",
                           "Make the change again.",
                           {}});
}

class Rebuilding {
  public:
    Rebuilding(LedgerSource& source, std::unique_ptr<Ledger> ledger)
        : source_(source),
          ledger_(std::move(ledger)),
          fold_(ledger_->campaign(), ledger_->host()) {}

    [[nodiscard]] Result<Rebuilt> run(const RebuildProgress& progress) {
        result_.campaign = ledger_->campaign();
        result_.host = ledger_->host();
        result_.last =
            std::clamp(source_.last(), EventIndex{1}, EventIndex{limits::campaign_events_max});
        read_streams();
        SZ_TRY(keep_events(progress));
        if (result_.events == 0) return nothing_holds(result_.fault->reason);
        SZ_TRY(count_later(progress));
        SZ_TRY(keep_verdicts());
        SZ_TRY(store_state());
        keep_snapshots();
        SZ_TRY(ledger_->checkpoint());
        return std::move(result_);
    }

  private:
    // An event of a stream, kept; its verdict is made of it.
    struct Taken {
        std::uint64_t seq;
        EventIndex event;
        Digest action;
    };
    struct Line {
        std::uint64_t number = 0;  // in the source; 0: it is not listed there
        std::string author, stream;
        std::vector<Taken> taken;
    };

    void read_streams() {
        const auto listed = source_.streams();
        for (std::size_t i = 0; listed && i < listed->size(); ++i) {
            const Stream& stream = (*listed)[i];
            const auto added =
                places_.emplace(std::pair(stream.author, stream.stream), lines_.size());
            if (added.second) lines_.push_back({stream.number, stream.author, stream.stream, {}});
        }
    }

    [[nodiscard]] Status keep_events(const RebuildProgress& progress) {
        for (EventIndex index = 1; index <= result_.last; ++index) {
            SZ_TRY(report(index, progress));
            if (!keep_event(index)) break;
            if (batch_.events.size() >= events_per_batch || batch_bytes_ >= bytes_per_batch)
                SZ_TRY(flush());
        }
        return flush();
    }

    [[nodiscard]] Status report(EventIndex index, const RebuildProgress& progress) const {
        if (index % events_per_report != 0 || progress(index, result_.last)) return {};
        return fail(ErrorKind::cancelled, "SZ-CAMPAIGN-031",
                    "The work was stopped; nothing was left half done.");
    }

    [[nodiscard]] bool keep_event(EventIndex index) {
        auto event = source_.event(index);
        if (!event) return stop_at(index, 0, event.error().message);
        if (auto added = fold_.add(*event); !added)
            return stop_at(index, event->at, added.error().message);
        const Action& action = fold_.action();
        Line& line = line_of(action);
        const std::uint64_t last = line.taken.empty() ? 0 : line.taken.back().seq;
        if (action.seq <= last)
            return stop_at(index, event->at, "its number in its stream was used before");
        if (action.seq - last - 1 > limits::lost_verdicts_max &&
            missing_between(line, last, action.seq) > limits::lost_verdicts_max)
            return stop_at(index, event->at, "too much of its stream is missing before it");
        const auto signed_action = action_of(event->parts.front());
        line.taken.push_back({action.seq, index, action_hash(signed_action->bytes)});
        result_.events = index;
        result_.head = event->head;
        result_.at = event->at;
        for (const Part& part : event->parts) batch_bytes_ += part.content.size();
        batch_.events.push_back(std::move(*event));
        return true;
    }

    [[nodiscard]] std::uint64_t missing_between(const Line& line, std::uint64_t after,
                                                std::uint64_t before) {
        std::uint64_t missing = 0;
        for (std::uint64_t seq = after + 1; seq < before && missing <= limits::lost_verdicts_max;
             ++seq)
            missing += verdict_at(line, seq) ? 0U : 1U;
        return missing;
    }

    bool stop_at(EventIndex index, UnixMs at, std::string reason) {
        result_.fault = FirstBad{index, std::move(reason)};
        result_.fault_at = at;
        is_cut_ = true;
        return false;
    }

    Line& line_of(const Action& action) {
        const auto added = places_.emplace(std::pair(action.author, action.stream), lines_.size());
        if (added.second) lines_.push_back({0, action.author, action.stream, {}});
        return lines_[added.first->second];
    }

    [[nodiscard]] Status flush() {
        const Batch batch = std::move(batch_);
        batch_ = {};
        batch_bytes_ = 0;
        return ledger_->raw(batch);
    }

    // Later events that somebody signed, for whoever decides what to do about them.
    [[nodiscard]] Status count_later(const RebuildProgress& progress) {
        if (!is_cut_) return {};
        for (EventIndex index = result_.events + 1; index <= result_.last; ++index) {
            SZ_TRY(report(index, progress));
            const auto event = source_.event(index);
            if (!event || event->parts.empty()) continue;
            const auto signed_action = action_of(event->parts.front());
            if (!signed_action) continue;
            const auto action = parse_action(signed_action->bytes);
            if (action && action->campaign == result_.campaign &&
                check_signature(*signed_action, action->author))
                ++result_.later_readable;
        }
        return {};
    }

    [[nodiscard]] std::optional<Verdict> verdict_at(const Line& line, std::uint64_t seq) {
        if (line.number == 0) return {};
        auto found = source_.verdict(line.number, seq);
        if (!found || !*found) return {};
        return std::move(**found);
    }

    [[nodiscard]] Status keep_verdicts() {
        std::vector<Stream> streams;
        for (Line& line : lines_) {
            Stream stream{streams.size() + 1, line.author, line.stream, 0,
                          stream_start(result_.campaign, line.author, line.stream)};
            if (line.number == 0) result_.verdicts_differ = true;
            keep_line(line, stream);
            if (stream.seq == 0) {
                // Nothing came by it, or what did is lost.
                result_.verdicts_differ = true;
                continue;
            }
            batch_.streams.push_back(stream);
            SZ_TRY(flush());
            streams.push_back(std::move(stream));
            line = {};
        }
        result_.answers = answers_hash(streams);
        return {};
    }

    void keep_line(const Line& line, Stream& stream) {
        for (const Taken& taken : line.taken) {
            while (stream.seq + 1 < taken.seq) keep_refusal(line, stream);
            const auto stored = verdict_at(line, taken.seq);
            add(stream, {0, 0, taken.event, taken.action, {}, {}});
            if (!stored || stored->event != taken.event || stored->chain != stream.chain ||
                stored->action != taken.action || !stored->refusal.empty())
                result_.verdicts_differ = true;
        }
        // What was refused after the last event of the stream.
        while (const auto stored = verdict_at(line, stream.seq + 1)) {
            if (stored->event != 0 && is_cut_) return;  // its event is among the lost ones
            if (!is_refusal(*stored, stream.chain)) {
                ++result_.verdicts_lost;
                return;
            }
            add(stream, *stored);
        }
    }

    void keep_refusal(const Line& line, Stream& stream) {
        const auto stored = verdict_at(line, stream.seq + 1);
        const bool follows = stored && is_refusal(*stored, stream.chain);
        // After a loss the chain is another one; then the one that stands before it speaks for it.
        const auto before = follows || !stored ? std::nullopt : verdict_at(line, stream.seq);
        if (!follows) ++result_.verdicts_lost;
        if (follows || (before && is_refusal(*stored, before->chain))) return add(stream, *stored);
        add(stream, {0, 0, 0, {}, lost_refusal(), {}});
    }

    [[nodiscard]] static bool is_refusal(const Verdict& verdict, const Digest& before) {
        return verdict.event == 0 && !verdict.refusal.empty() &&
               verdict.refusal.size() <= limits::refusal_bytes_max &&
               verdict_chain(before, verdict) == verdict.chain;
    }

    void add(Stream& stream, Verdict verdict) {
        verdict.stream = stream.number;
        verdict.seq = ++stream.seq;
        verdict.chain = verdict_chain(stream.chain, verdict);
        stream.chain = verdict.chain;
        batch_.verdicts.push_back(std::move(verdict));
    }

    // After a fault the fold is of no more use: what was kept is folded from the new file.
    [[nodiscard]] Status store_state() {
        if (is_cut_) {
            SZ_ASSIGN(const Loaded loaded, ledger_->load());
            name(loaded.state);
            return {};
        }
        name(fold_.state());
        Batch batch;
        for (auto& [key, text] : fold_.state().all_rows()) batch.rows.push_back({key, text});
        batch.last = fold_.events();
        batch.head = fold_.head();
        batch.state_hash = fold_.state().hash();
        return ledger_->commit(batch);
    }

    // One that cannot be kept is left out: whatever it holds the ledger has too.
    void keep_snapshots() {
        for (const Snapshot& one : source_.snapshots()) {
            if (one.event > result_.events) continue;
            if (keep_snapshot(*ledger_, one)) ++result_.snapshots;
        }
    }

    void name(const State& state) {
        const Instance* session = state.find(state.campaign());
        result_.name = session == nullptr ? state.campaign() : session->name;
    }

    LedgerSource& source_;
    std::unique_ptr<Ledger> ledger_;
    Fold fold_;
    Rebuilt result_;
    Batch batch_;
    std::vector<Line> lines_;
    std::map<std::pair<std::string, std::string>, std::size_t> places_;  // in lines_
    std::size_t batch_bytes_ = 0;
    bool is_cut_ = false;
};

}  // namespace

Digest answers_hash(const std::vector<Stream>& streams) {
    Hasher hasher("SessionZero answers v1");
    for (const Stream& stream : streams)
        hasher.add(stream.author).add(stream.stream).add(stream.seq).add(stream.chain);
    return hasher.finish();
}

Result<LedgerNames> names_of(LedgerSource& source) {
    const auto event = source.event(1);
    if (!event) return nothing_holds("its first event cannot be read: " + event.error().message);
    const auto signed_action = event->parts.empty() ? Result<SignedAction>(fail(Error{}))
                                                    : action_of(event->parts.front());
    if (!signed_action) return nothing_holds("its first event holds no action");
    const auto action = parse_action(signed_action->bytes);
    if (!action) return nothing_holds("the action of its first event cannot be read");
    if (auto proven = check_signature(*signed_action, action->author); !proven)
        return nothing_holds("the signature of its first event is wrong");
    return LedgerNames{action->campaign, action->host};
}

Result<Rebuilt> rebuild(LedgerSource& source, const std::filesystem::path& file,
                        const RebuildProgress& progress) {
    SZ_ASSIGN(const LedgerNames names, names_of(source));
    SZ_ASSIGN(auto ledger, Ledger::empty(file, names.campaign, names.host));
    return Rebuilding(source, std::move(ledger)).run(progress);
}

}  // namespace sz::campaign
