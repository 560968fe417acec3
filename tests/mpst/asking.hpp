// SPDX-License-Identifier: AGPL-3.0-or-later
// A question and one of two answers, written by hand.
#pragma once

#include <sz/mpst/session.hpp>

#include <string>

namespace asking {

struct Ask {
    std::string text;
};
struct Yes {
    std::string text;
};
struct No {};

struct Asker;
struct Answerer;

struct Asker {
    struct SendAsk;
    struct AwaitYesOrNo;
    using Start = SendAsk;
    using End = mpst::end<Asker>;
    using peers = mpst::roles<Answerer>;
    using states = mpst::states<SendAsk, AwaitYesOrNo>;

    struct SendAsk : mpst::sends<SendAsk, Asker, Answerer, mpst::to<Ask, AwaitYesOrNo>> {};
    struct AwaitYesOrNo
        : mpst::receives<AwaitYesOrNo, Asker, Answerer, mpst::to<Yes, End>, mpst::to<No, End>> {};
};

struct Answerer {
    struct AwaitAsk;
    struct SendYesOrNo;
    using Start = AwaitAsk;
    using End = mpst::end<Answerer>;
    using peers = mpst::roles<Asker>;
    using states = mpst::states<AwaitAsk, SendYesOrNo>;

    struct AwaitAsk : mpst::receives<AwaitAsk, Answerer, Asker, mpst::to<Ask, SendYesOrNo>> {};
    struct SendYesOrNo
        : mpst::sends<SendYesOrNo, Answerer, Asker, mpst::to<Yes, End>, mpst::to<No, End>> {};
};

}  // namespace asking
