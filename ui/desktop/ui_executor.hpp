// SPDX-License-Identifier: AGPL-3.0-or-later
// The thread of the windows as a queue of functions.
#pragma once

#include <wx/event.h>

#include <functional>
#include <utility>

#include "kernel/base/threads.hpp"

namespace sz::desktop {

class UiExecutor final : public Executor {
  public:
    // Runs `work` from the event loop. What is queued when this object goes does not run.
    // [any-thread]
    void post(std::function<void()> work) override { queue_.CallAfter(std::move(work)); }

  private:
    wxEvtHandler queue_;
};

}  // namespace sz::desktop
