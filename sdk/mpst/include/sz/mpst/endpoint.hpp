// SPDX-License-Identifier: AGPL-3.0-or-later
// One role's side of a session: a port to each of its peers. States hold a pointer to it.
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <tuple>

#include "codec.hpp"
#include "conversation.hpp"
#include "local.hpp"
#include "wait.hpp"

namespace mpst {

namespace detail {

struct Room {
    std::size_t bytes = 1;
    std::size_t align = 1;
};

// What the largest message of a role to or from a peer takes.
template <class Role>
constexpr Room room_of(Tag peer, bool is_send) {
    Room most;
    for (const Step& step : steps_of<Role>) {
        if (step.peer != peer || step.is_send != is_send) continue;
        most.bytes = std::max(most.bytes, step.bytes);
        most.align = std::max(most.align, step.align);
    }
    return most;
}

}  // namespace detail

template <class Role, class Peer, bool IsSend>
inline constexpr detail::Room room_for = detail::room_of<Role>(tag_of<Peer>, IsSend);

// How a message is written and read. Only `join` makes these: inside one program there are no
// bytes, and messages need no encoding.
struct WireForm {
    Tag tag = 0;
    void (*write)(Bytes& out, const void* message) = nullptr;
    bool (*read)(Reader& in, std::byte* at) = nullptr;  // makes the message there, when it is one
    void (*destroy)(std::byte* at) noexcept = nullptr;
};

template <class Role, class Peer>
struct Port {
    using Out = Slot<room_for<Role, Peer, true>.bytes, room_for<Role, Peer, true>.align>;
    using In = Slot<room_for<Role, Peer, false>.bytes, room_for<Role, Peer, false>.align>;

    Sender<Out> out;
    Receiver<In> in;

    // Where the peer is in another program: what arrives is decoded into `arrived`.
    struct Away {
        std::unique_ptr<AnyChannel> channel;
        std::span<const WireForm> forms;  // of the role's messages
        RingCore never;                   // of `out`, which has no room
        Ring<In> ring{1};
        Sender<In> arrived = ring.sender();
        Frame frame;

        [[nodiscard]] const WireForm& form_of(Tag tag) const {
            return *std::find_if(forms.begin(), forms.end(),
                                 [tag](const WireForm& form) { return form.tag == tag; });
        }
        ~Away() {
            ring.drain([this](In& slot) { form_of(slot.tag).destroy(slot.bytes); });
        }
    };
    std::unique_ptr<Away> away;
};

// Everything but the ports.
class EndpointBase {
  public:
    EndpointBase(const EndpointBase&) = delete;
    EndpointBase& operator=(const EndpointBase&) = delete;

    // How long an operation waits for a peer.
    Clock::duration patience = std::chrono::seconds(30);
    std::unique_ptr<Parking> awaiting;  // where this role's coroutine waits: awaiting.hpp

    // Tells the others, then throws.
    [[noreturn]] void fail(Failure failure, const Where& where) {
        failure.role = where.role;
        failure.state = where.state;
        failure.peer = where.peer;
        if (failure.what != Trouble::used_twice && where.expected != nullptr)
            failure.expected = where.expected();
        if (failure.what != Trouble::cancelled)
            conversation_->cancel({failure.role, failure.state, failure.reason()});
        leave();
        throw SessionFailed(std::move(failure));
    }
    [[noreturn]] void cancelled(const Where& where) {
        const Notice notice = conversation_->notice().value_or(Notice{});
        Failure failure;
        failure.what = Trouble::cancelled;
        failure.by = notice.by;
        failure.at = notice.at;
        failure.why = notice.why;
        fail(std::move(failure), where);
    }
    [[noreturn]] void late(const Where& where) {
        Failure failure;
        failure.what = Trouble::deadline;
        fail(std::move(failure), where);
    }

    // The other side of a queue has called: it sleeps, or the session is over.
    [[gnu::noinline]] void answer(Call& call, const Where& where) {
        if (call.is_closed()) cancelled(where);
        call.answer();
    }

    // Until `ready`, or it throws.
    template <class Ready>
    void wait(Call& call, Clock::duration limit, const Where& where, const Ready& ready) {
        switch (wait_at(parking_, call, limit, ready)) {
            case Waited::closed: cancelled(where);
            case Waited::late: late(where);
            case Waited::ready: break;
        }
    }

    // The role's last word.
    void leave() noexcept { conversation_->leave(); }
    void leave_early(const Where& where, std::string_view why) noexcept {
        conversation_->cancel(
            {std::string(where.role), std::string(where.state), std::string(why)});
        leave();
    }
    [[nodiscard]] Conversation& conversation() { return *conversation_; }

  protected:
    EndpointBase() = default;
    void belong_to(Conversation& conversation) { conversation_ = &conversation; }

  private:
    Conversation* conversation_ = nullptr;
    ThreadParking parking_;
};

template <class Role, class Peers = typename Role::peers>
class EndpointOf;

template <class Role, class... Peer>
class EndpointOf<Role, roles<Peer...>> : public EndpointBase {
  public:
    template <class To>
    [[nodiscard]] Port<Role, To>& port() {
        if constexpr ((std::is_same_v<To, Peer> || ...)) {
            return std::get<Port<Role, To>>(ports_);
        } else {
            static_assert(sizeof(mistake::this_role_talks_to_a_role_that_is_not_here<Role, To>) >
                          0);
        }
    }
    using EndpointBase::belong_to;

  private:
    std::tuple<Port<Role, Peer>...> ports_;
};

template <class Role>
class Endpoint final : public EndpointOf<Role> {};

}  // namespace mpst
