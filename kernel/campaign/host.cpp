// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/host.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "kernel/base/log.hpp"
#include "kernel/campaign/files/seal.hpp"
#include "kernel/campaign/fold.hpp"
#include "kernel/campaign/refusal.hpp"
#include "kernel/campaign/undo.hpp"

namespace sz::campaign {

namespace {

constexpr std::size_t queued_actions_max = 10'000;
constexpr std::size_t stream_bytes = 16;
constexpr std::size_t salt_bytes = 16;

std::string random_salt() {
    std::array<std::uint8_t, salt_bytes> salt{};
    random_bytes(salt);
    return {salt.begin(), salt.end()};
}

}  // namespace

Host::Host(std::shared_ptr<StoreSide> store_side, Loaded memory, Services services)
    : store_side_(std::move(store_side)),
      memory_(std::move(memory)),
      services_(std::move(services)),
      durable_head_(memory_.head) {
    begin_own_stream();
    for (const auto& [key, stream] : memory_.streams)
        author_of_tag_[stream_tag(key.first, key.second)] = key.first;
}

Host::~Host() {
    // The file is closed where it was used.
    if (store_side_ == nullptr) return;
    services_.store.post([side = std::move(store_side_)] { side->ledger.reset(); });
}

std::shared_ptr<Host> Host::begin(const std::filesystem::path& file, const std::string& campaign,
                                  const std::string& host, Services services) {
    auto side =
        std::make_shared<StoreSide>(StoreSide{file, campaign, host, services.database, nullptr});
    const Digest genesis = genesis_head(campaign, host);
    Loaded memory{State(campaign, host), 0, 0, genesis, {genesis}, {}, false};
    return std::shared_ptr<Host>(new Host(std::move(side), std::move(memory), std::move(services)));
}

void Host::open(const std::filesystem::path& file, Services services, Opened opened) {
    auto& store = services.store;
    store.post([file, services = std::move(services), opened = std::move(opened)]() mutable {
        auto& kernel = services.kernel;
        auto side =
            std::make_shared<StoreSide>(StoreSide{file, {}, {}, services.database, nullptr});
        const auto load = [&]() -> Result<Loaded> {
            SZ_ASSIGN(side->ledger, Ledger::open(file, services.database));
            side->campaign = side->ledger->campaign();
            side->host = side->ledger->host();
            return side->ledger->load();
        };
        auto loaded = load();
        if (!loaded) side->ledger.reset();
        kernel.post([side = std::move(side), loaded = std::move(loaded),
                     services = std::move(services), opened = std::move(opened)]() mutable {
            if (services.is_over && services.is_over()) {
                side->ledger.reset();
                loaded = fail(ErrorKind::cancelled, "SZ-CAMPAIGN-031", "The program is closing.");
            }
            if (!loaded) return opened(fail(std::move(loaded).error()));
            std::shared_ptr<Host> host(
                new Host(std::move(side), std::move(*loaded), std::move(services)));
            host->snapshot_when_due(host->services_.sources.now_ms());
            opened(std::move(host));
        });
    });
}

void Host::submit(SignedAction action, Reply reply) {
    if (is_broken_ || is_closed_) {
        return reply(fail(ErrorKind::cancelled, "SZ-CAMPAIGN-031", "The campaign is closed.",
                          "Open it again."));
    }
    if (queue_.size() >= queued_actions_max) {
        return reply(fail(ErrorKind::limit, "SZ-CAMPAIGN-032", "Too many changes are waiting.",
                          "Try again in a moment."));
    }
    queue_.push_back({std::move(action), std::move(reply), {}});
    pump();
}

void Host::act(Identity& identity, std::vector<Operation> operations, Reply reply) {
    auto author = identity.active();
    if (!author) return reply(fail(std::move(author).error()));
    if (*author != memory_.state.host() && !holds_key(identity, memory_.state.host())) {
        return reply(fail(ErrorKind::denied, "SZ-CAMPAIGN-069",
                          "Another identity hosts this campaign, and it is not in this profile: "
                          "the campaign can be read here, not changed.",
                          "If you are its host, bring your identity here: szctl identity export " +
                              memory_.state.host() +
                              " on the other machine; on this one szctl identity import, then "
                              "szctl identity use " +
                              memory_.state.host() + ".",
                          memory_.state.host()));
    }
    Action action{
        memory_.state.campaign(), memory_.state.host(), *author, own_stream_, own_seq_[*author] + 1,
        to_hex(durable_head_),    std::move(operations)};
    SignedAction signed_action{action_bytes(action), {}};
    auto signature = identity.sign(*author, signing_message(signed_action.bytes));
    if (!signature) return reply(fail(std::move(signature).error()));
    if (signature->size() != signed_action.signature.size()) {
        return reply(fail(ErrorKind::internal, "SZ-CAMPAIGN-012",
                          "The identity's plugin gave no proper signature."));
    }
    std::copy(signature->begin(), signature->end(), signed_action.signature.begin());
    const std::uint64_t seq = ++own_seq_[*author];
    submit(std::move(signed_action), [self = shared_from_this(),
                                      key = std::pair(*author, own_stream_), seq,
                                      reply = std::move(reply)](Result<Accepted> result) {
        // Without a verdict the number was not used, and those signed after it would wait for it
        // for ever: begin a new stream.
        const auto stream = self->memory_.streams.find(key);
        const bool has_verdict = stream != self->memory_.streams.end() && stream->second.seq >= seq;
        if (!has_verdict && self->own_stream_ == key.second) self->begin_own_stream();
        reply(std::move(result));
    });
}

void Host::begin_own_stream() {
    own_stream_ = random_hex(stream_bytes);
    own_seq_.clear();
}

void Host::pump() {
    while (!queue_.empty() && !waits_) {
        Item item = std::move(queue_.front());
        queue_.pop_front();
        admit(std::move(item));
    }
    flush();
}

Stream& Host::stream_of(const Action& action) {
    const auto key = std::pair(action.author, action.stream);
    if (const auto known = memory_.streams.find(key); known != memory_.streams.end())
        return known->second;
    Stream stream{memory_.streams.size() + 1, action.author, action.stream, 0,
                  stream_start(action.campaign, action.author, action.stream)};
    author_of_tag_[stream_tag(action.author, action.stream)] = action.author;
    next_.batch.streams.push_back(stream);
    return memory_.streams.emplace(key, std::move(stream)).first->second;
}

Status Host::check_admission(const Item& item) const {
    const Action& action = item.action;
    const State& state = memory_.state;
    if (action.campaign != state.campaign() || action.host != state.host()) {
        return fail(ErrorKind::denied, "SZ-CAMPAIGN-011",
                    "The change is for another campaign or another host.");
    }
    if (!may_author(state, action.author)) {
        return fail(not_a_member(state, action.author));
    }
    return check_signature(item.signed_action, action.author);
}

// What no verdict is kept for: it is not known to be anybody's, or its place in its stream has not
// come.
void Host::admit(Item item) {
    auto action = parse_action(item.signed_action.bytes);
    if (!action) return item.reply(fail(std::move(action).error()));
    item.action = std::move(*action);
    if (auto admitted = check_admission(item); !admitted)
        return item.reply(fail(std::move(admitted).error()));
    const auto known = memory_.streams.find({item.action.author, item.action.stream});
    const std::uint64_t last = known == memory_.streams.end() ? 0 : known->second.seq;
    if (item.action.seq <= last) return answer_repeat(std::move(item), known->second);
    if (item.action.seq != last + 1) {
        return item.reply(fail(ErrorKind::conflict, "SZ-CAMPAIGN-014",
                               "A change came out of turn: number " + std::to_string(last + 1) +
                                   " of its stream was expected, not " +
                                   std::to_string(item.action.seq) + ".",
                               "Send the missing ones first."));
    }
    prepare(std::move(item));
}

// The same name: the same action again gets the same answer; another one under that name is a fork
// of its author's stream.
void Host::answer_repeat(Item item, const Stream& stream) {
    const auto look_up = [number = stream.number, seq = item.action.seq,
                          undone =
                              undone_by(item.action)](Ledger& ledger) -> Result<EarlierVerdict> {
        SZ_ASSIGN(const auto verdict, ledger.verdict(number, seq));
        if (!verdict)
            return fail(ErrorKind::environment, "SZ-CAMPAIGN-002",
                        "The campaign's file lacks a verdict that it should have.");
        EarlierVerdict earlier{*verdict, {}, {}};
        if (verdict->event != 0) {
            SZ_ASSIGN(const Event event, ledger.event(verdict->event));
            earlier.head = event.head;
        } else if (undone != 0) {
            if (auto material = read_undone(ledger, undone)) earlier.undone = std::move(*material);
        }
        return earlier;
    };
    read<EarlierVerdict>(look_up, [self = shared_from_this(),
                                   item = std::move(item)](const Result<EarlierVerdict>& earlier) {
        if (!earlier) return item.reply(fail(earlier.error()));
        self->tell_again(item, *earlier);
    });
}

void Host::tell_again(const Item& item, const EarlierVerdict& earlier) {
    const Verdict& verdict = earlier.verdict;
    if (verdict.action != action_hash(item.signed_action.bytes)) {
        log::warning("campaign", "a stream of " + item.action.author + " was forked at number " +
                                     std::to_string(item.action.seq));
        return item.reply(fail(ErrorKind::conflict, "SZ-CAMPAIGN-015",
                               "Another change was sent under the same name before: its "
                               "author's stream is forked.",
                               "Two devices share one profile. Restore each its own, then send "
                               "the change again."));
    }
    if (verdict.event != 0)
        return item.reply(Accepted{verdict.event, earlier.head, "act", {}, {}, true});
    const auto stored = parse_stored(verdict.refusal);
    const UndoMaterial* undone = earlier.undone ? &*earlier.undone : nullptr;
    item.reply(fail(with_values(stored ? error_from_json(*stored) : Error{},
                                {memory_.state, services_.fields, item.action, undone})));
}

// Some actions cannot be decided from memory; the others wait behind them, so that order holds.
void Host::prepare(Item item) {
    const auto seen = digest_from_hex(item.action.seen);
    const auto& recent = memory_.recent_heads;
    const bool is_recent =
        seen && std::find(recent.rbegin(), recent.rend(), *seen) != recent.rend();
    if (!is_recent) return check_seen(std::move(item), seen.value_or(Digest{}));
    prepare_from_ledger(std::move(item));
}

void Host::prepare_from_ledger(Item item) {
    if (const EventIndex event = undone_by(item.action)) {
        prepare_undo(std::move(item), event);
    } else if (const EventIndex moment = restored_by(item.action)) {
        prepare_restore(std::move(item), moment);
    } else {
        decide(item, nullptr);
    }
}

void Host::check_seen(Item item, const Digest& seen) {
    waits_ = true;
    read<bool>(
        [seen](Ledger& ledger) { return ledger.has_head(seen); },
        [self = shared_from_this(), item = std::move(item), seen](Result<bool> found) mutable {
            if (!found) return self->resume(item, found.error());
            if (!*found && seen != genesis_head(item.action.campaign, item.action.host)) {
                return self->resume(
                    item, {ErrorKind::conflict,
                           "SZ-CAMPAIGN-016",
                           "The change was made on a history that this campaign does not have.",
                           "Join again to get the history that the host has.",
                           {}});
            }
            self->waits_ = false;
            self->prepare_from_ledger(std::move(item));
            self->pump();
        });
}

void Host::prepare_undo(Item item, EventIndex event) {
    waits_ = true;
    read<UndoMaterial>(
        [event](Ledger& ledger) { return read_undone(ledger, event); },
        [self = shared_from_this(), item = std::move(item)](Result<UndoMaterial> material) mutable {
            if (!material) return self->resume(item, material.error());
            self->walk_undo(std::move(item), std::move(*material));
        });
}

void Host::walk_undo(Item item, UndoMaterial material) {
    const auto walk = [places = places_of(memory_.state, material),
                       viewer = memory_.state.viewer(item.action.author),
                       material](Ledger& ledger) mutable -> Result<UndoMaterial> {
        SZ_TRY(find_collision(ledger, places, viewer, material));
        return material;
    };
    read<UndoMaterial>(
        walk, [self = shared_from_this(), item = std::move(item)](Result<UndoMaterial> walked) {
            if (!walked) return self->resume(item, walked.error());
            self->waits_ = false;
            self->decide(item, &*walked);
            self->pump();
        });
}

// An action that could not be prepared is refused like any other, unless the store itself failed.
void Host::resume(const Item& item, const Error& error) {
    waits_ = false;
    if (error.kind == ErrorKind::environment || error.kind == ErrorKind::cancelled) {
        item.reply(fail(error));
    } else {
        refuse(item, error, nullptr);
    }
    pump();
}

void Host::decide(const Item& item, const UndoMaterial* undo) {
    const EventPlace place{memory_.events + 1, std::max(services_.sources.now_ms(), memory_.at),
                           stream_tag(item.action.author, item.action.stream)};
    const Judge::Services services{
        services_.fields, services_.templates, [this](const std::string& tag) {
            const auto found = author_of_tag_.find(tag);
            return found == author_of_tag_.end() ? std::string() : found->second;
        }};
    auto decision = Judge(memory_.state, services, item.action, place).decide(undo);
    if (!decision) return refuse(item, decision.error(), undo);
    accept(item, std::move(*decision), place);
}

void Host::refuse(const Item& item, const Error& refusal, const UndoMaterial* undo) {
    const Error answer = with_values(refusal, {memory_.state, services_.fields, item.action, undo});
    // A campaign that never began keeps no verdicts.
    if (memory_.events == 0) return item.reply(fail(answer));
    Verdict verdict;
    verdict.refusal = stored_refusal(refusal);
    keep_verdict(item, std::move(verdict), fail(answer));
}

// What the judge allows, a reader takes: nothing is asked of the event here (fold.hpp).
void Host::accept(const Item& item, Decision decision, const EventPlace& place) {
    Event event = make_event(place.index, place.at, memory_.head, item.signed_action,
                             decision.records, random_salt);
    memory_.events = event.index;
    memory_.at = event.at;
    memory_.head = event.head;
    memory_.recent_heads.push_back(event.head);
    if (memory_.recent_heads.size() > Ledger::recent_heads_max) memory_.recent_heads.pop_front();
    Verdict verdict;
    verdict.event = event.index;
    Accepted accepted{event.index,
                      event.head,
                      decision.kind,
                      std::move(decision.instances),
                      std::move(decision.values),
                      false};
    next_.batch.events.push_back(std::move(event));
    keep_verdict(item, std::move(verdict), std::move(accepted));
}

void Host::keep_verdict(const Item& item, Verdict verdict, Result<Accepted> outcome) {
    Stream& stream = stream_of(item.action);
    verdict.stream = stream.number;
    verdict.seq = item.action.seq;
    verdict.action = action_hash(item.signed_action.bytes);
    verdict.chain = verdict_chain(stream.chain, verdict);
    stream.seq = verdict.seq;
    stream.chain = verdict.chain;
    next_.batch.verdicts.push_back(std::move(verdict));
    next_.waiting.push_back({std::move(outcome), item.reply});
}

}  // namespace sz::campaign
