// SPDX-License-Identifier: AGPL-3.0-or-later
// What the compiler says when a program does not keep to its protocol: the first error names one of
// these, and with it the state. None has a definition.
#pragma once

namespace mpst::mistake {

template <class State, class Message>
struct this_state_does_not_send_this_message;
template <class State, class Message>
struct this_state_does_not_receive_this_message;
template <class State, class Message>
struct no_handler_of_this_state_takes_this_message;
template <class State, class Peer>
struct this_state_talks_to_another_role;
template <class State>
struct this_state_has_several_messages_to_receive;
template <class State, class Message>
struct name_the_message_in_async_send;
template <class State, class... What>
struct write_std_move_around_this_state;

template <class Role, class Peer>
struct these_two_roles_do_not_fit;
template <class Role>
struct a_state_of_this_role_leads_out_of_its_list_of_states;
template <class Role, class... Peer>
struct this_role_talks_to_a_role_that_is_not_here;
template <class Message>
struct this_message_has_no_encoding;

}  // namespace mpst::mistake
