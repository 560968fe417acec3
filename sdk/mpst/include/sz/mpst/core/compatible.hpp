// SPDX-License-Identifier: AGPL-3.0-or-later
// Are automata that were written by hand safe and live together?
//
// That is undecidable. It can be decided when a bound k on the queues makes no difference: every
// message that is to be sent can be, once others have emptied the queues, without its sender doing
// something else (k-exhaustive), and within the bound nothing goes wrong (k-safe). Then nothing
// goes wrong without a bound either (Lange and Yoshida: Verifying Asynchronous Interactions via
// Communicating Session Automata, CAV 2019). They ask that a sender which finds one queue open
// finds all of its state open (output bound independence); here it waits until that is so, which is
// the same for states that send to one role and takes in those that send to several.
//
// Wrong for certain, whatever the bound: a message that the state which is to take it does not
// know; one whose receiver, or a wait whose sender, cannot come to it any more by its own automaton
// alone; roles that wait for each other round a circle.
//
// "Live" without fairness, as project.hpp has it: in every run in which a role that can act does so
// some day, each message is taken and each role that waits goes on. A run that breaks this follows
// the schedule of Configurations too, choice by choice, and from some point on only some roles act,
// round and round. Either a role that stands still waits for one of those (which sends it nothing
// in the round), or a message to one of those lies in its queue all the while, or those that stand
// still hold each other up by full queues, which no k that is exhaustive lets happen. The first two
// are wrong for certain too: the round can be repeated for ever, whatever the others do.
//
// With fair choices it is enough that from everywhere there is a way on, which is to be seen in the
// parts that nothing leads out of: a duty stays until it is done.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "components.hpp"
#include "run.hpp"

namespace mpst::core {

enum class Verdict : std::uint8_t { compatible, faulty, undecided, limit };

struct Compatibility {
    Verdict verdict{};
    std::uint32_t bound = 0;  // k: the least that decides, or the largest that was tried
    // Of faulty and undecided: 050 … 056, and who is where in which state.
    Fault what{};
    Role role = none;
    std::uint32_t state = none;
    Role peer = none;
    Name label = none;  // of the message, where there is one
    std::uint32_t payload = none;
    std::vector<Role> circle;                  // of a deadlock: each waits for the next
    std::vector<std::uint32_t> circle_states;  // and where
    std::vector<Act> run;
    std::size_t round = 0;   // how many acts at the end of the run can be repeated for ever
    std::string_view which;  // the limit that was reached
};

struct CompatibilityOptions {
    Limits limits;
    std::uint32_t bound = 8;  // the largest that is tried
    bool is_fair = false;
};

// One bound.
class BoundedCheck {
  public:
    constexpr BoundedCheck(const Machines& machines, std::uint32_t bound, bool is_fair,
                           Budget& budget, Compatibility& out)
        : machines_(machines),
          is_fair_(is_fair),
          budget_(budget),
          out_(out),
          all_(machines, bound, budget) {
        out_.bound = bound;
    }

    // Leaves `undecided` where a larger bound may tell.
    constexpr void run() {
        out_.verdict = Verdict::compatible;
        while (all_.advance()) {
            if (goes_wrong_here()) return;
            if (!all_.expand()) return limit();
        }
        const Components components(all_);
        if (!is_fair_ && !rounds(components)) return;
        for (std::uint32_t i = 0; i < components.size(); ++i) {
            if (!components.is_final(i)) continue;
            look_at_rest(components.members(i));
            if (out_.verdict == Verdict::faulty) return;
        }
    }

  private:
    [[nodiscard]] constexpr const Configuration& here() const { return all_.here(); }
    [[nodiscard]] constexpr Role sender(std::uint32_t channel) const {
        return machines_.channels()[channel].sender;
    }
    [[nodiscard]] constexpr Role receiver(std::uint32_t channel) const {
        return machines_.channels()[channel].receiver;
    }

    constexpr void limit() {
        out_.verdict = Verdict::limit;
        out_.which = budget_.is_spent() ? "steps of work" : "configurations";
    }
    constexpr void stands(Verdict verdict, Fault what, Role role, Role peer) {
        out_.verdict = verdict;
        out_.what = what;
        out_.role = role;
        out_.state = here().state(role);
        out_.peer = peer;
    }
    // About what is first in a queue.
    constexpr void message_fault(Fault what, std::uint32_t channel) {
        stands(Verdict::faulty, what, receiver(channel), sender(channel));
        const auto message = machines_.message(here().queue(channel).front());
        out_.label = message[0];
        out_.payload = message[1];
    }
    // About a role that waits at a queue that is empty.
    constexpr void waiting_fault(Fault what, Role role) {
        stands(Verdict::faulty, what, role, sender(here().source(role)));
        const auto moves = here().moves(role);
        if (moves.size() > 1) return;
        const auto message = machines_.message(moves.front().message);
        out_.label = message[0];
        out_.payload = message[1];
    }

    // ---- what is wrong for certain

    constexpr bool goes_wrong_here() {
        const std::uint32_t node = all_.expanded();
        std::uint32_t first_of = none;
        if (!message_goes_wrong(first_of) && !circle() && !waits_in_vain()) return false;
        RunCut cut(machines_, all_.run_to(node));
        cut.keep_role(out_.role);
        if (first_of == none) cut.keep_role(out_.peer);
        for (const Role role : out_.circle) cut.keep_role(role);
        if (first_of != none) cut.keep_first_of(first_of);
        out_.run = cut.run();
        return true;
    }

    constexpr bool message_goes_wrong(std::uint32_t& channel) {
        for (Role role = 0; role < machines_.roles(); ++role) {
            if (here().stand(role) != Stand::refuses) continue;
            channel = here().source(role);
            message_fault(Fault::wrong_message, channel);
            return true;
        }
        for (const std::uint32_t held : here().held()) {
            if (machines_.may_receive(held, here().state(receiver(held)))) continue;
            channel = held;
            message_fault(Fault::message_never_taken, held);
            return true;
        }
        return false;
    }

    // Whom a role waits for; none when it does not.
    [[nodiscard]] constexpr Role awaited(Role role) const {
        return here().stand(role) == Stand::awaits ? sender(here().source(role)) : none;
    }
    constexpr bool circle() {
        std::vector<Role> begun(machines_.roles(), none);  // by which walk a role was come to
        for (Role role = 0; role < machines_.roles(); ++role) {
            Role at = role;
            while (at != none && begun[at] == none) {
                begun[at] = role;
                at = awaited(at);
            }
            if (at == none || begun[at] != role) continue;
            waiting_fault(Fault::deadlock, at);
            const Role first = at;
            do {
                out_.circle.push_back(at);
                out_.circle_states.push_back(here().state(at));
                at = awaited(at);
            } while (at != first);
            return true;
        }
        return false;
    }
    constexpr bool waits_in_vain() {
        for (Role role = 0; role < machines_.roles(); ++role) {
            const Role peer = awaited(role);
            if (peer == none || machines_.may_send(here().source(role), here().state(peer)))
                continue;
            waiting_fault(Fault::message_never_comes, role);
            return true;
        }
        return false;
    }

    // ---- rounds in which somebody is forgotten

    // False when one was found.
    constexpr bool rounds(const Components& components) {
        // By channel: the nodes in which it is owed to, one list behind the other. They are read
        // twice, which is cheaper than keeping them twice.
        std::vector<std::size_t> ends(machines_.channels().size() + 1, 0);
        std::vector<std::uint32_t> owed;
        for (std::uint32_t node = 0; node < all_.size(); ++node) {
            find_owed(components, node, owed);
            for (const std::uint32_t channel : owed) ++ends[channel + 1];
        }
        for (std::size_t i = 1; i < ends.size(); ++i) ends[i] += ends[i - 1];
        std::vector<std::uint32_t> nodes(ends.back(), 0);
        for (std::uint32_t node = 0; node < all_.size(); ++node) {
            find_owed(components, node, owed);
            for (const std::uint32_t channel : owed) nodes[ends[channel]++] = node;
        }
        RoundSearch search(all_);
        for (std::size_t channel = 0; channel + 1 < ends.size(); ++channel) {
            const std::size_t begin = channel == 0 ? 0 : ends[channel - 1];
            const auto round = search.among(
                std::span<const std::uint32_t>(nodes).subspan(begin, ends[channel] - begin));
            if (!round.empty() && somebody_is_forgotten(round)) return false;
        }
        return true;
    }

    // Each queue that holds something, or at which its receiver waits, and that is not taken from
    // now; where one can go round.
    constexpr void find_owed(const Components& components, std::uint32_t node,
                             std::vector<std::uint32_t>& owed) {
        owed.clear();
        if (!components.has_round(components.of(node))) return;
        all_.load(node);
        for (const std::uint32_t channel : here().held()) {
            if (!is_taken(channel)) owed.push_back(channel);
        }
        for (Role role = 0; role < machines_.roles(); ++role) {
            if (here().stand(role) == Stand::awaits) owed.push_back(here().source(role));
        }
    }
    [[nodiscard]] constexpr bool is_taken(std::uint32_t channel) const {
        const Role role = receiver(channel);
        return here().kind(role) == Machines::Kind::receive && here().source(role) == channel &&
               here().stand(role) == Stand::ready;
    }

    // Who acts, and which queues are taken from, at the nodes.
    struct Doings {
        Flags acts, is_taken;
    };
    constexpr Doings doings(std::span<const std::uint32_t> nodes) {
        Doings made;
        made.acts.assign(machines_.roles(), false);
        made.is_taken.assign(machines_.channels().size(), false);
        for (const std::uint32_t node : nodes) {
            all_.load(node);
            for (Role role = 0; role < machines_.roles(); ++role) {
                if (here().stand(role) != Stand::ready) continue;
                made.acts[role] = true;
                if (here().kind(role) == Machines::Kind::receive)
                    made.is_taken[here().source(role)] = true;
            }
        }
        return made;
    }

    constexpr bool somebody_is_forgotten(const std::vector<std::uint32_t>& round) {
        const Doings doing = doings(round);
        all_.load(round.front());
        for (Role role = 0; role < machines_.roles(); ++role) {
            const Role peer = awaited(role);
            if (peer == none || doing.acts[role] || !doing.acts[peer]) continue;
            waiting_fault(Fault::waits_for_others, role);
            add_round(round, peer, none);
            return true;
        }
        for (const std::uint32_t channel : here().held()) {
            if (doing.is_taken[channel] || !doing.acts[receiver(channel)]) continue;
            message_fault(Fault::message_left_by_others, channel);
            add_round(round, receiver(channel), channel);
            return true;
        }
        return false;
    }
    constexpr void add_round(const std::vector<std::uint32_t>& nodes, Role of,
                             std::uint32_t first_of) {
        std::vector<Act> round;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const auto next = all_.successors(nodes[i]);
            const auto way = std::find(next.begin(), next.end(), nodes[(i + 1) % nodes.size()]);
            all_.add_acts(nodes[i], static_cast<std::uint32_t>(way - next.begin()), round);
        }
        RunCut cut(machines_, all_.run_to(nodes.front()));
        round = cut.part_of(round, of);
        cut.keep_role(out_.role);
        if (first_of != none) cut.keep_first_of(first_of);
        out_.run = cut.run();
        out_.run.insert(out_.run.end(), round.begin(), round.end());
        out_.round = round.size();
    }

    // ---- where everything comes to rest, or goes round for good

    constexpr void look_at_rest(std::span<const std::uint32_t> nodes) {
        const Doings doing = doings(nodes);
        all_.load(nodes.front());
        for (Role role = 0; role < machines_.roles(); ++role) {
            if (doing.acts[role] || here().stand(role) != Stand::full) continue;
            if (out_.verdict == Verdict::undecided) return;
            Role peer = none;
            for (const Machines::Move& move : here().moves(role)) {
                if (here().is_full(move.channel)) peer = receiver(move.channel);
            }
            return stands(Verdict::undecided, Fault::undecided, role, peer);
        }
        for (Role role = 0; role < machines_.roles(); ++role) {
            if (doing.acts[role] || here().stand(role) != Stand::awaits) continue;
            waiting_fault(Fault::message_never_comes, role);
            out_.run = all_.run_to(nodes.front());
            return;
        }
        for (const std::uint32_t channel : here().held()) {
            if (doing.is_taken[channel]) continue;
            message_fault(Fault::message_never_taken, channel);
            out_.run = all_.run_to(nodes.front());
            return;
        }
    }

    const Machines& machines_;
    bool is_fair_;
    Budget& budget_;
    Compatibility& out_;
    Configurations all_;
};

// `locals[r]` is the automaton of role r; nothing in them may be misshapen.
constexpr Compatibility compatible(std::span<const Local> locals,
                                   const CompatibilityOptions& options) {
    Compatibility made;
    Budget budget(options.limits);
    Machines machines(locals);
    if (!machines.look_ahead(budget)) {
        made.verdict = Verdict::limit;
        made.which = "states";
        return made;
    }
    for (std::uint32_t bound = 1; bound <= options.bound; ++bound) {
        made = {};
        BoundedCheck(machines, bound, options.is_fair, budget, made).run();
        if (made.verdict != Verdict::undecided) break;
    }
    return made;
}

}  // namespace mpst::core
