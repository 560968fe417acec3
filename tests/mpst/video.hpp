// SPDX-License-Identifier: AGPL-3.0-or-later
// The paper's three roles, written by hand.
#pragma once

#include <sz/mpst/session.hpp>

#include <cstdint>
#include <string>

namespace video {

struct Id {
    std::int64_t value;
};
struct Answer {
    std::int64_t value;
};
struct Request {
    std::int64_t value;
};
struct Video {
    std::string bytes;
};
struct Close {};

struct Authenticator;
struct Client;
struct Server;

struct Client {
    struct SendId;
    struct AwaitAnswer;
    struct SendRequestOrClose;
    struct AwaitVideo;
    using Start = SendId;
    using End = mpst::end<Client>;
    using peers = mpst::roles<Authenticator>;
    using states = mpst::states<SendId, AwaitAnswer, SendRequestOrClose, AwaitVideo>;

    struct SendId : mpst::sends<SendId, Client, Authenticator, mpst::to<Id, AwaitAnswer>> {};
    struct AwaitAnswer
        : mpst::receives<AwaitAnswer, Client, Authenticator, mpst::to<Answer, SendRequestOrClose>> {
    };
    struct SendRequestOrClose : mpst::sends<SendRequestOrClose, Client, Authenticator,
                                            mpst::to<Request, AwaitVideo>, mpst::to<Close, End>> {};
    struct AwaitVideo
        : mpst::receives<AwaitVideo, Client, Authenticator, mpst::to<Video, SendRequestOrClose>> {};
};

struct Authenticator {
    struct AwaitId;
    struct SendAnswer;
    struct AwaitRequestOrClose;
    struct SendRequest;
    struct AwaitVideo;
    struct SendVideo;
    struct SendClose;
    using Start = AwaitId;
    using End = mpst::end<Authenticator>;
    using peers = mpst::roles<Client, Server>;
    using states = mpst::states<AwaitId, SendAnswer, AwaitRequestOrClose, SendRequest, AwaitVideo,
                                SendVideo, SendClose>;

    struct AwaitId : mpst::receives<AwaitId, Authenticator, Client, mpst::to<Id, SendAnswer>> {};
    struct SendAnswer
        : mpst::sends<SendAnswer, Authenticator, Client, mpst::to<Answer, AwaitRequestOrClose>> {};
    struct AwaitRequestOrClose
        : mpst::receives<AwaitRequestOrClose, Authenticator, Client, mpst::to<Request, SendRequest>,
                         mpst::to<Close, SendClose>> {};
    struct SendRequest
        : mpst::sends<SendRequest, Authenticator, Server, mpst::to<Request, AwaitVideo>> {};
    struct AwaitVideo
        : mpst::receives<AwaitVideo, Authenticator, Server, mpst::to<Video, SendVideo>> {};
    struct SendVideo
        : mpst::sends<SendVideo, Authenticator, Client, mpst::to<Video, AwaitRequestOrClose>> {};
    struct SendClose : mpst::sends<SendClose, Authenticator, Server, mpst::to<Close, End>> {};
};

struct Server {
    struct AwaitRequestOrClose;
    struct SendVideo;
    using Start = AwaitRequestOrClose;
    using End = mpst::end<Server>;
    using peers = mpst::roles<Authenticator>;
    using states = mpst::states<AwaitRequestOrClose, SendVideo>;

    struct AwaitRequestOrClose
        : mpst::receives<AwaitRequestOrClose, Server, Authenticator, mpst::to<Request, SendVideo>,
                         mpst::to<Close, End>> {};
    struct SendVideo
        : mpst::sends<SendVideo, Server, Authenticator, mpst::to<Video, AwaitRequestOrClose>> {};
};

inline auto connect(const mpst::Options& options = {}) {
    return mpst::connect<Client, Authenticator, Server>(options);
}

inline Authenticator::End authenticate(Authenticator::Start start) {
    auto [id, answering] = std::move(start).receive();
    auto first = std::move(answering).send(Answer{id.value + 1});
    return mpst::loop(std::move(first), [](Authenticator::AwaitRequestOrClose state) {
        return std::move(state).receive(
            [](Request request, Authenticator::SendRequest next) {
                auto [film, forward] = std::move(next).send(request).receive();
                return std::move(forward).send(std::move(film));
            },
            [](Close close, Authenticator::SendClose next) { return std::move(next).send(close); });
    });
}

inline Server::End serve(Server::Start start) {
    return mpst::loop(std::move(start), [](Server::AwaitRequestOrClose state) {
        return std::move(state).receive(
            [](Request request, Server::SendVideo next) {
                return std::move(next).send(Video{std::to_string(request.value)});
            },
            [](Close, Server::End over) { return over; });
    });
}

}  // namespace video
