// SPDX-License-Identifier: AGPL-3.0-or-later
// The ends of memory://NAME. All [io-thread].
#pragma once

#include <memory>
#include <string>

#include "../ends.hpp"
#include "../seat.hpp"
#include "memory_carrier.hpp"

namespace direct::memory {

class MemoryConnection final : public End {
  public:
    // One that looks for `name` when it begins.
    MemoryConnection(Ends& all, std::shared_ptr<Line> line, std::string name,
                     std::shared_ptr<Names> names);
    // The other half of `peer`.
    MemoryConnection(Ends& all, std::shared_ptr<Line> line,
                     const std::shared_ptr<MemoryConnection>& peer, Seat seat);

    void begin() override;
    void flush() override;
    void close(const std::string& reason) override;
    void drop() override;

    void joined(const std::shared_ptr<MemoryConnection>& peer);
    [[nodiscard]] const std::string& name() const { return name_; }

  private:
    // Delivers one message, those of play first.
    bool deliver_one(MemoryConnection& peer);

    Ends& all_;
    std::string name_;
    std::shared_ptr<Names> names_;
    std::weak_ptr<MemoryConnection> peer_;
    Seat seat_;
};

class MemoryListener final : public End {
  public:
    MemoryListener(Ends& all, std::shared_ptr<Line> line, std::string name, std::size_t most,
                   std::shared_ptr<Names> names);

    void begin() override;
    void close(const std::string& reason) override;
    void drop() override;

    // Somebody knocks: a half for them, or no room.
    void accept(const std::shared_ptr<MemoryConnection>& peer);

  private:
    Ends& all_;
    std::string name_;
    std::size_t most_;
    std::shared_ptr<Names> names_;
};

}  // namespace direct::memory
