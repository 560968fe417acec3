// SPDX-License-Identifier: AGPL-3.0-or-later
// Five roles, each of which sends to all others in every round; the first says when it is over.
#pragma once

#include <sz/mpst/session.hpp>

#include <cstdint>
#include <type_traits>
#include <utility>

namespace sessions::five {

inline constexpr int count = 5;

struct Item {
    std::int64_t value;
};
struct Stop {};

template <int I>
struct Node;

// The first role: to 1, 2, 3, 4, then from 1, 2, 3, 4.
template <>
struct Node<0> {
    template <int K>
    struct Give;
    template <int K>
    struct GiveStop;
    template <int K>
    struct Take;
    using Start = Give<1>;
    using End = mpst::end<Node>;
    using peers = mpst::roles<Node<1>, Node<2>, Node<3>, Node<4>>;
    using states = mpst::states<Give<1>, Give<2>, Give<3>, Give<4>, GiveStop<2>, GiveStop<3>,
                                GiveStop<4>, Take<1>, Take<2>, Take<3>, Take<4>>;
};
template <int K>
struct Node<0>::Give
    : mpst::sends<Give<K>, Node, Node<K>,
                  mpst::to<Item, std::conditional_t<K == 4, Take<1>, Give<K + 1>>>> {};
template <>
struct Node<0>::Give<1>
    : mpst::sends<Give<1>, Node, Node<1>, mpst::to<Item, Give<2>>, mpst::to<Stop, GiveStop<2>>> {};
template <int K>
struct Node<0>::GiveStop
    : mpst::sends<GiveStop<K>, Node, Node<K>,
                  mpst::to<Stop, std::conditional_t<K == 4, End, GiveStop<K + 1>>>> {};
template <int K>
struct Node<0>::Take
    : mpst::receives<Take<K>, Node, Node<K>,
                     mpst::to<Item, std::conditional_t<K == 4, Give<1>, Take<K + 1>>>> {};

// The others: from the first, then to all in order, then from the rest in order.
template <int I>
struct Node {
    static constexpr int next(int k) { return k + 1 == I ? k + 2 : k + 1; }
    struct Wait;
    template <int K>
    struct Give;
    template <int K>
    struct Take;
    static constexpr int first = I == 1 ? 2 : 1;  // of the rest
    using Start = Wait;
    using End = mpst::end<Node>;

    template <class T>
    struct Lists;
    template <int... K>
    struct Lists<std::integer_sequence<int, K...>> {
        using peers = mpst::roles<Node<(K < I ? K : K + 1)>...>;
        using gives = mpst::states<Wait, Give<(K < I ? K : K + 1)>...>;
    };
    using peers = typename Lists<std::make_integer_sequence<int, count - 1>>::peers;
    using states =
        mpst::states<Wait, Give<0>, Give<first>, Give<next(first)>, Give<next(next(first))>,
                     Take<first>, Take<next(first)>, Take<next(next(first))>>;
};
template <int I>
struct Node<I>::Wait : mpst::receives<typename Node<I>::Wait, Node, Node<0>,
                                      mpst::to<Item, typename Node<I>::template Give<0>>,
                                      mpst::to<Stop, typename Node<I>::End>> {};
template <int I>
template <int K>
struct Node<I>::Give
    : mpst::sends<typename Node<I>::template Give<K>, Node, Node<K>,
                  mpst::to<Item, std::conditional_t<(Node<I>::next(K) >= count),
                                                    typename Node<I>::template Take<first>,
                                                    typename Node<I>::template Give<next(K)>>>> {};
template <int I>
template <int K>
struct Node<I>::Take
    : mpst::receives<
          typename Node<I>::template Take<K>, Node, Node<K>,
          mpst::to<Item, std::conditional_t<(Node<I>::next(K) >= count), typename Node<I>::Wait,
                                            typename Node<I>::template Take<next(K)>>>> {};

}  // namespace sessions::five
