// SPDX-License-Identifier: AGPL-3.0-or-later
#include <wx/timer.h>

#include <cstdlib>

#include "faulty_panel.hpp"

class TimerAborts final : public FaultyPanel {
  public:
    TimerAborts(wxWindow* parent, const sz_panel_host& host)
        : FaultyPanel(parent, host), timer_(this) {
        Bind(wxEVT_TIMER, [](wxTimerEvent&) { std::abort(); });
    }
    void do_it() override { timer_.StartOnce(1); }

  private:
    wxTimer timer_;
};

SZ_PANEL_PLUGIN("org.test.timer-aborts", TimerAborts, "aborts", "Aborts", "", 92)
