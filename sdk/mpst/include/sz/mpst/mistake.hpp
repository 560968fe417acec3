// SPDX-License-Identifier: AGPL-3.0-or-later
// What the compiler says when a program does not keep to its protocol: the first error names one of
// these, and with it the state. None has a definition.
#pragma once

namespace mpst::mistake {

template <class State, class Message>
struct this_state_does_not_send_this_message;
template <class State, class Message>
struct this_state_does_not_receive_this_message;
template <class State, class Message, class Next>
struct no_handler_of_this_state_takes_this_message;
template <class State, class Handler>
struct this_handler_takes_no_message_of_this_state;
template <class... Result>
struct these_handlers_give_different_things;
template <class State, class Message, class... Value>
struct this_message_is_not_made_of_these_values;
template <class State, class Message>
struct this_message_may_throw_when_it_is_moved;
template <class State, class Message>
struct several_roles_get_this_message_use_send_to;
template <class State, class Peer>
struct this_state_talks_to_another_role;
template <class State, class Message>
struct name_the_message_in_async_send;
template <class State, class... What>
struct write_std_move_around_this_state;
template <class State, class... Next>
struct this_state_is_none_of_the_next;
template <class State, class Result>
struct a_loop_over_this_state_gives_it_or_one_other;
template <class Start, class Result>
struct a_role_is_a_function_from_its_first_state_to_its_end;

template <class Result, class Given>
struct this_is_not_what_the_task_gives;

template <class Role, class Peer>
struct these_two_roles_do_not_fit;
template <class Role, class... Next>
struct a_state_of_this_role_leads_out_of_its_list_of_states;
template <class Role, class Peer>
struct this_role_talks_to_a_role_that_is_not_here;
template <class Role, class Peer>
struct this_role_does_not_talk_to_this_role;
template <class Role>
struct this_role_is_here_twice;
template <class Message>
struct this_message_has_no_encoding;

}  // namespace mpst::mistake
