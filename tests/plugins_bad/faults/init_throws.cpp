// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/entry.h>
#include <stdexcept>

#define PLAIN_ID "org.test.init-throws"
#define PLAIN_INIT throwing_init
namespace {
sz_status throwing_init(const sz_host*, sz_sink) { throw std::runtime_error("no"); }
}  // namespace
#include "plain.h"
