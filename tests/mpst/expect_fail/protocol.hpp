// SPDX-License-Identifier: AGPL-3.0-or-later
// The protocol that the files of this folder break, as generated code has it:
//
//   global protocol Visit(role Client, role Server, role Gate) {
//     rec Again {
//       Id(int) from Client to Server;
//       choice at Server {
//         Yes() from Server to Client;
//         Ticket(int) from Client to Gate;
//         Entry() from Gate to Client;
//       } or {
//         No() from Server to Client;
//         Wait() from Client to Gate;
//         continue Again;
//       }
//     }
//   }
#pragma once

#include <cstdint>
#include <sz/mpst/session.hpp>

namespace visit {

struct Id {
    std::int64_t value;
};
struct Yes {};
struct No {};
struct Ticket {
    std::int64_t seat;
};
struct Entry {};
struct Wait {};
// Of no role.
struct Other {
    std::int64_t value;
};

struct Client;
struct Server;
struct Gate;

struct Client {
    struct SendId;
    struct AwaitAnswer;
    struct SendTicket;
    struct AwaitEntry;
    struct SendWait;
    using Start = SendId;
    using End = mpst::end<Client>;
    using peers = mpst::roles<Server, Gate>;
    using states = mpst::states<SendId, AwaitAnswer, SendTicket, AwaitEntry, SendWait>;

    struct [[nodiscard("Client::SendId was not used")]] SendId
        : mpst::sends<SendId, Client, Server, mpst::to<Id, AwaitAnswer>>{};
    struct [[nodiscard("Client::AwaitAnswer was not used")]] AwaitAnswer
        : mpst::receives<AwaitAnswer, Client, Server, mpst::to<Yes, SendTicket>,
                         mpst::to<No, SendWait>>{};
    struct [[nodiscard("Client::SendTicket was not used")]] SendTicket
        : mpst::sends<SendTicket, Client, Gate, mpst::to<Ticket, AwaitEntry>>{};
    struct [[nodiscard("Client::AwaitEntry was not used")]] AwaitEntry
        : mpst::receives<AwaitEntry, Client, Gate, mpst::to<Entry, End>>{};
    struct [[nodiscard("Client::SendWait was not used")]] SendWait
        : mpst::sends<SendWait, Client, Gate, mpst::to<Wait, SendId>>{};
};

struct Server {
    struct AwaitId;
    struct SendAnswer;
    using Start = AwaitId;
    using End = mpst::end<Server>;
    using peers = mpst::roles<Client>;
    using states = mpst::states<AwaitId, SendAnswer>;

    struct [[nodiscard("Server::AwaitId was not used")]] AwaitId
        : mpst::receives<AwaitId, Server, Client, mpst::to<Id, SendAnswer>>{};
    struct [[nodiscard("Server::SendAnswer was not used")]] SendAnswer
        : mpst::sends<SendAnswer, Server, Client, mpst::to<Yes, End>, mpst::to<No, AwaitId>>{};
};

struct Gate {
    struct AwaitTicket;
    struct SendEntry;
    using Start = AwaitTicket;
    using End = mpst::end<Gate>;
    using peers = mpst::roles<Client>;
    using states = mpst::states<AwaitTicket, SendEntry>;

    struct [[nodiscard("Gate::AwaitTicket was not used")]] AwaitTicket
        : mpst::receives<AwaitTicket, Gate, Client, mpst::to<Ticket, SendEntry>,
                         mpst::to<Wait, AwaitTicket>>{};
    struct [[nodiscard("Gate::SendEntry was not used")]] SendEntry
        : mpst::sends<SendEntry, Gate, Client, mpst::to<Entry, End>>{};
};

}  // namespace visit
