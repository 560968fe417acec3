// SPDX-License-Identifier: AGPL-3.0-or-later
// One of several states of a role: what a branching leaves behind, and the loop over it.
#pragma once

#include <array>

#include "state.hpp"

namespace mpst {

// Holds exactly one of the states, as a pointer and a number.
template <class... S>
class [[nodiscard]] one_of {
  public:
    using role = std::tuple_element_t<0, std::tuple<typename S::role...>>;
    template <class One>
    static constexpr bool has = (std::is_same_v<One, S> || ...);

    template <class One>
    requires(std::is_same_v<One, S> || ...) one_of(One state)
        : endpoint_(detail::Access::take(state)), which_(number_of<One>) {}
    template <class... Fewer>
    requires(has<Fewer>&&...) one_of(one_of<Fewer...> other) {
        constexpr std::array<unsigned, sizeof...(Fewer)> numbers{number_of<Fewer>...};
        which_ = numbers[other.which_];
        endpoint_ = std::exchange(other.endpoint_, nullptr);
    }
    one_of(one_of&& other) noexcept
        : endpoint_(std::exchange(other.endpoint_, nullptr)), which_(other.which_) {}
    one_of& operator=(one_of&& other) noexcept {
        std::swap(endpoint_, other.endpoint_);
        std::swap(which_, other.which_);
        return *this;
    }
    ~one_of() {
        if (endpoint_ != nullptr) [[unlikely]]
            drop(endpoint_, which_);
    }

    template <class One>
    [[nodiscard]] bool is() const {
        if constexpr (!has<One>)
            static_assert(sizeof(mistake::this_state_is_none_of_the_next<One, S...>) > 0);
        return which_ == number_of<One>;
    }
    // The state that it is. Another one is a mistake that ends the session.
    template <class One>
    [[nodiscard]] One as() && {
        if (endpoint_ == nullptr || !is<One>()) [[unlikely]]
            is_another<One>();
        return detail::Access::make<One>(std::exchange(endpoint_, nullptr));
    }
    // Without std::move.
    template <class One>
    void as() & {
        static_assert(sizeof(mistake::write_std_move_around_this_state<One>) > 0);
    }

  private:
    template <class...>
    friend class one_of;

    template <class One>
    static constexpr unsigned number() {
        unsigned count = 0;
        bool is_found = false;
        ((is_found = is_found || std::is_same_v<One, S>, count += is_found ? 0U : 1U), ...);
        return count;
    }
    template <class One>
    static constexpr unsigned number_of = number<One>();

    // A state dropped as itself says its own name to the others.
    [[gnu::noinline]] static void drop(Endpoint<role>* endpoint, unsigned which) noexcept {
        const auto drop_if = [&]<class One>(std::type_identity<One>) {
            if (which == number_of<One>) static_cast<void>(detail::Access::make<One>(endpoint));
        };
        (drop_if(std::type_identity<S>{}), ...);
    }
    template <class One>
    [[noreturn, gnu::noinline]] static void is_another() {
        Failure failure;
        failure.what = Trouble::used_twice;
        failure.role = role_name<role>();
        failure.state = state_name<One>();
        failure.why = "This is not the state that the session is in.";
        throw SessionFailed(std::move(failure));
    }

    Endpoint<role>* endpoint_ = nullptr;
    unsigned which_ = 0;
};

namespace detail {

template <class Known, class... More>
struct Joined;
template <class... Known>
struct Joined<List<Known...>> {
    using type = one_of<Known...>;
};
template <class Known>
struct Joined<List<Known>> {
    using type = Known;
};
template <class... Known, class S, class... More>
struct Joined<List<Known...>, S, More...>
    : std::conditional_t<(std::is_same_v<S, Known> || ...), Joined<List<Known...>, More...>,
                         Joined<List<Known..., S>, More...>> {};
template <class... Known, class... S, class... More>
struct Joined<List<Known...>, one_of<S...>, More...> : Joined<List<Known...>, S..., More...> {};

template <class T>
concept state_like = requires {
    typename T::role;
};

template <class... Result>
struct CommonResult {
    static_assert(sizeof(mistake::these_handlers_give_different_things<Result...>) > 0);
};
template <class... Result>
requires requires { typename std::common_type_t<Result...>; }
struct CommonResult<Result...> : std::common_type<Result...> {};
template <class Result, class... Results>
requires(std::is_same_v<Result, Results>&&...) struct CommonResult<Result, Results...>
    : std::type_identity<Result> {
};
template <state_like Result, state_like... Results>
requires(!(std::is_same_v<Result, Results> && ...)) struct CommonResult<Result, Results...>
    : Joined<List<>, Result, Results...> {
};

}  // namespace detail

namespace detail {

// Where a loop over a state ends.
template <class Again, class Result>
struct WayOut : std::type_identity<void> {};
template <class Again, class Out>
struct WayOut<Again, one_of<Again, Out>> : std::type_identity<Out> {};
template <class Again, class Out>
struct WayOut<Again, one_of<Out, Again>> : std::type_identity<Out> {};

}  // namespace detail

// What handlers with these results give together: the one type, or one_of the states.
template <class... Result>
using common_result = typename detail::CommonResult<Result...>::type;

// Calls `body` with the state, and with what it gives, as long as that is this very state again.
// The other state is the result.
template <class Again, class Body>
[[nodiscard]] auto loop(Again state, Body&& body) {
    using Result = std::invoke_result_t<Body&, Again>;
    using Out = typename detail::WayOut<Again, Result>::type;
    if constexpr (std::is_void_v<Out>) {
        static_assert(sizeof(mistake::a_loop_over_this_state_gives_it_or_one_other<Again, Result>) >
                      0);
    } else {
        for (;;) {
            Result result = body(std::move(state));
            if (result.template is<Out>()) return std::move(result).template as<Out>();
            state = std::move(result).template as<Again>();
        }
    }
}

}  // namespace mpst
