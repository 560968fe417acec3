// SPDX-License-Identifier: AGPL-3.0-or-later
// Messages and options at their limits.
#include <sz/mpst/codec.hpp>
#include <sz/mpst/join.hpp>

#include <array>
#include <atomic>
#include <memory>
#include <variant>

#include "asking.hpp"
#include "failure_of.hpp"
#include "tests/support/catch.hpp"

namespace {

// One message of any type.
template <class M>
struct Taker;
template <class M>
struct Giver {
    struct Give;
    using Start = Give;
    using End = mpst::end<Giver>;
    using peers = mpst::roles<Taker<M>>;
    using states = mpst::states<Give>;
    struct Give : mpst::sends<Give, Giver, Taker<M>, mpst::to<M, End>> {};
};
template <class M>
struct Taker {
    struct Take;
    using Start = Take;
    using End = mpst::end<Taker>;
    using peers = mpst::roles<Giver<M>>;
    using states = mpst::states<Take>;
    struct Take : mpst::receives<Take, Taker, Giver<M>, mpst::to<M, End>> {};
};
template <class M>
M passed(M message) {
    auto [giver, taker] = mpst::connect<Giver<M>, Taker<M>>();
    auto end = std::move(giver).send(std::move(message));
    auto [arrived, last] = std::move(taker).receive();
    return std::move(arrived);
}

struct Seven {
    int a, b, c, d, e, f, g;
};
struct Rooms {
    int numbers[3];
    char name[8];
};
struct Bits {
    unsigned small : 3;
    unsigned large : 5;
};
struct Owner {
    std::unique_ptr<int> value;
};
struct alignas(256) Aligned {
    char first;
};
struct Either {
    std::variant<int, std::string> value;
};

struct Empty {};
struct ListOfEmpty {
    std::vector<Empty> all;
};

template <class T>
concept has_codec = mpst::encodable<T>;

// Alive in this program.
std::atomic<int> alive{0};
struct Counted {
    Counted() { ++alive; }
    Counted(const Counted&) { ++alive; }
    Counted(Counted&&) noexcept { ++alive; }
    Counted& operator=(const Counted&) = default;
    Counted& operator=(Counted&&) noexcept = default;
    ~Counted() { --alive; }
};
struct Parcel {
    Counted counted;
};
struct Nothing {};
struct Postman;
struct Addressee {
    struct Await;
    using Start = Await;
    using End = mpst::end<Addressee>;
    using peers = mpst::roles<Postman>;
    using states = mpst::states<Await>;
    struct Await
        : mpst::receives<Await, Addressee, Postman, mpst::to<Parcel, End>, mpst::to<Nothing, End>> {
    };
};

// A channel on which one message waits.
struct OneFrame {
    std::string label;
    mpst::Passage send(const mpst::Frame&, mpst::Clock::time_point) { return mpst::Passage::done; }
    mpst::Passage receive(mpst::Frame& frame, mpst::Clock::time_point) {
        frame.label = label;
        frame.payload.clear();
        return mpst::Passage::done;
    }
    void cancel(const mpst::Notice&) noexcept {}
    mpst::Notice notice() { return {}; }
    void when_ready(std::function<void()>) {}
};

}  // namespace

template <>
struct mpst::Codec<Counted> {
    static void write(Bytes&, const Counted&) {}
    static void read(Reader&, Counted&) {}
};

TEST_CASE("inside one program a message may be any struct", "[values]") {
    CHECK(passed(Seven{1, 2, 3, 4, 5, 6, 7}).g == 7);
    const Rooms rooms = passed(Rooms{{1, 2, 3}, "attic"});
    CHECK(rooms.numbers[2] == 3);
    CHECK(std::string(rooms.name) == "attic");
    const Bits bits = passed(Bits{5, 17});
    CHECK((bits.small == 5 && bits.large == 17));
    CHECK(*passed(Owner{std::make_unique<int>(8)}).value == 8);
    CHECK(passed(Aligned{'x'}).first == 'x');
    CHECK(std::get<std::string>(passed(Either{"text"}).value) == "text");
}

TEST_CASE("what has no encoding is refused, not encoded wrongly", "[values]") {
    // No bytes would say how many there are.
    STATIC_REQUIRE(!has_codec<ListOfEmpty>);
    STATIC_REQUIRE(!has_codec<long double>);
    STATIC_REQUIRE(!has_codec<Owner>);
    STATIC_REQUIRE(!has_codec<int*>);
    STATIC_REQUIRE(has_codec<std::vector<std::string>>);
    STATIC_REQUIRE(has_codec<std::optional<std::array<bool, 3>>>);
}

TEST_CASE("a capacity beyond all reason is taken for the greatest", "[values]") {
    mpst::Options options;
    options.capacity = static_cast<std::size_t>(-1);
    auto [asker, answerer] = mpst::connect<asking::Asker, asking::Answerer>(options);
    auto asked = std::move(asker).send(asking::Ask{"here"});
    auto [question, next] = std::move(answerer).receive();
    CHECK(question.text == "here");
    auto end = std::move(next).send(asking::No{});
    auto last = std::move(asked).receive().take<asking::No>();
}

TEST_CASE("a patience below nothing is no patience", "[values]") {
    for (const auto patience : {mpst::Clock::duration::min(), mpst::Clock::duration(-1)}) {
        auto starts = mpst::connect<asking::Asker, asking::Answerer>({4, patience});
        const mpst::Failure failure = failure_of(
            [&] { auto got = std::move(std::get<asking::Answerer::Start>(starts)).receive(); });
        CHECK(failure.what == mpst::Trouble::deadline);
    }
}

TEST_CASE("a state or a choice of states that is moved to itself stays", "[values]") {
    auto [asker, answerer] = mpst::connect<asking::Asker, asking::Answerer>();
    auto& same = asker;
    asker = std::move(same);
    mpst::one_of<asking::Asker::AwaitYesOrNo, asking::Asker::SendAsk> one(
        std::move(asker).send(asking::Ask{"still there?"}));
    auto& same_one = one;
    one = std::move(same_one);
    REQUIRE(one.is<asking::Asker::AwaitYesOrNo>());
    auto [question, next] = std::move(answerer).receive();
    CHECK(question.text == "still there?");
    auto end = std::move(next).send(asking::No{});
    auto arrived = std::move(one).as<asking::Asker::AwaitYesOrNo>().receive();
    CHECK(arrived.is<asking::No>());
    auto last = std::move(arrived).take<asking::No>();
}

TEST_CASE("a message from a channel that nobody takes is destroyed with its role", "[values]") {
    alive = 0;
    {
        auto start = mpst::join<Addressee>({}, mpst::to_role<Postman>(OneFrame{"Parcel"}));
        auto arrived = std::move(start).receive();
        REQUIRE(arrived.is<Parcel>());
        CHECK(alive == 1);
    }
    CHECK(alive == 0);
}

TEST_CASE("a name of any bytes is shown as signs that a terminal does not obey", "[values]") {
    CHECK(mpst::shown("\x1b[2J\n\xff") == "?[2J??");
    CHECK(mpst::shown(std::string(300, 'a')) == std::string(200, 'a') + "...");
}
