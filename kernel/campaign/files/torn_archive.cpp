// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/files/torn_archive.hpp"

#include <Poco/Checksum.h>
#include <Poco/Exception.h>
#include <Poco/InflatingStream.h>
#include <Poco/MemoryStream.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "kernel/campaign/files/limits.hpp"
#include "kernel/campaign/files/session_pack.hpp"

namespace sz::campaign {

namespace {

constexpr std::string_view local_header{"PK\3\4", 4}, directory_header{"PK\1\2", 4};
constexpr std::size_t local_bytes = 30, directory_bytes = 46;
constexpr std::size_t path_bytes_max = 64;  // no path that is read is longer
constexpr std::size_t places_max = 2 * limits::pack_files_max;
constexpr int raw_deflate = -15;  // zlib's windowBits without a header
enum Method : std::uint16_t { stored = 0, deflated = 8 };

bool is_wanted(std::string_view path) {
    const auto is_lines = [&](std::string_view name) {
        return path.starts_with(name) && path.ends_with(session_pack::lines_end);
    };
    return path == session_pack::manifest || path == session_pack::about ||
           path == session_pack::seal || is_lines(session_pack::events) ||
           is_lines(session_pack::streams) || is_lines(session_pack::snapshots) ||
           is_lines(session_pack::verdicts);
}

// Where a file may stand in the archive, as one header says.
struct Place {
    std::string path;
    std::uint32_t method = 0;
    std::size_t begin = 0, packed_bytes = 0;
    std::uint32_t checksum = 0;

    [[nodiscard]] auto key() const { return std::tie(path, method, begin, packed_bytes, checksum); }
    bool operator<(const Place& other) const { return key() < other.key(); }
};

class Headers {
  public:
    explicit Headers(std::string_view archive) : archive_(archive) {}

    [[nodiscard]] std::set<Place> all() {
        for (auto at = archive_.find("PK"); at != archive_.npos; at = archive_.find("PK", at + 2)) {
            if (places_.size() >= places_max) break;
            const std::string_view rest = archive_.substr(at);
            if (rest.starts_with(local_header)) read_local(at);
            if (rest.starts_with(directory_header)) read_directory(at);
        }
        return std::move(places_);
    }

  private:
    // A number of so many bytes, the least first; 0 behind the end.
    [[nodiscard]] std::uint32_t number(std::size_t at, std::size_t bytes) const {
        std::uint32_t value = 0;
        for (std::size_t i = bytes; i > 0; --i) {
            const std::size_t place = at + i - 1;
            value = value << 8U |
                    (place < archive_.size() ? static_cast<unsigned char>(archive_[place]) : 0U);
        }
        return value;
    }

    void add(std::size_t path_at, std::size_t path_bytes, Place place) {
        if (path_bytes > path_bytes_max || path_at + path_bytes > archive_.size()) return;
        place.path = archive_.substr(path_at, path_bytes);
        if (place.begin <= archive_.size() && is_wanted(place.path))
            places_.insert(std::move(place));
    }

    void read_local(std::size_t at) {
        const std::size_t path_bytes = number(at + 26, 2), extra_bytes = number(at + 28, 2);
        const std::size_t path_at = at + local_bytes;
        for (const std::size_t skipped : {extra_bytes, std::size_t{0}}) {
            add(path_at, path_bytes,
                {{},
                 number(at + 8, 2),
                 path_at + path_bytes + skipped,
                 number(at + 18, 4),
                 number(at + 14, 4)});
        }
    }

    void read_directory(std::size_t at) {
        const std::size_t path_bytes = number(at + 28, 2), local = number(at + 42, 4);
        for (const std::size_t skipped : {std::size_t{number(local + 28, 2)}, std::size_t{0}}) {
            add(at + directory_bytes, path_bytes,
                {{},
                 number(at + 10, 2),
                 local + local_bytes + path_bytes + skipped,
                 number(at + 20, 4),
                 number(at + 16, 4)});
        }
    }

    std::string_view archive_;
    std::set<Place> places_;
};

// The stream itself keeps up to a kibibyte back when it fails; so it is asked for less and less.
class Inflating : public Poco::InflatingStreamBuf {
  public:
    explicit Inflating(std::istream& in) : InflatingStreamBuf(in, raw_deflate) {}

    // Appends up to `most` bytes; false: there are no more, or they cannot be read.
    [[nodiscard]] bool read(std::string& text, std::size_t most) {
        std::array<char, 1024> piece{};
        try {
            const int got = readFromDevice(
                piece.data(), static_cast<std::streamsize>(std::min(most, piece.size())));
            text.append(piece.data(), static_cast<std::size_t>(std::max(got, 0)));
            return got > 0;
        } catch (const Poco::Exception&) {
            return false;
        }
    }
};

// How much of `packed` was read is added to `taken`.
void count_taken(Poco::MemoryInputStream& in, std::string_view packed, std::uint64_t& taken) {
    in.clear();
    const auto at = in.tellg();
    taken += at < 0 ? packed.size() : static_cast<std::uint64_t>(at);
}

std::string inflated(std::string_view packed, std::size_t bytes_max, std::uint64_t& taken) {
    std::string text;
    Poco::MemoryInputStream in(packed.data(), static_cast<std::streamsize>(packed.size()));
    Inflating stream(in);
    while (text.size() < bytes_max && stream.read(text, bytes_max - text.size())) {
    }
    count_taken(in, packed, taken);
    return text;
}

// The same to the last byte, after `good` bytes that are known to be there.
std::string inflated_bytewise(std::string_view packed, std::size_t good, std::size_t bytes_max,
                              std::uint64_t& taken) {
    std::string text;
    Poco::MemoryInputStream in(packed.data(), static_cast<std::streamsize>(packed.size()));
    Inflating stream(in);
    while (text.size() < good && stream.read(text, good - text.size())) {
    }
    while (text.size() < bytes_max && stream.read(text, 1)) {
    }
    count_taken(in, packed, taken);
    return text;
}

std::uint32_t checksum_of(const std::string& text) {
    Poco::Checksum sum(Poco::Checksum::TYPE_CRC32);
    sum.update(text);
    return sum.checksum();
}

class Reading {
  public:
    explicit Reading(std::string_view archive) : archive_(archive) {}

    [[nodiscard]] TornFiles run() {
        for (const Place& place : Headers(archive_).all()) read(place);
        TornFiles torn;
        for (auto& [path, file] : files_) {
            if (!file.is_whole) torn.torn.push_back(path);
            torn.files.push_back({path, std::move(file.content)});
        }
        torn.bytes_taken = taken_;
        return torn;
    }

  private:
    struct File {
        std::string content;
        bool is_whole = false;
    };

    void read(const Place& place) {
        File& best = files_[place.path];
        // Many headers may lead into the same bytes.
        if (best.is_whole || taken_ > reads_max * archive_.size()) return;
        const std::size_t bytes_max =
            static_cast<std::size_t>(std::min<std::uint64_t>(limits::pack_file_bytes_max, left_));
        const std::string_view packed = archive_.substr(place.begin);
        File file;
        if (place.method == Method::deflated) file.content = inflated(packed, bytes_max, taken_);
        if (place.method == Method::stored)
            file.content = packed.substr(0, std::min(place.packed_bytes, bytes_max));
        left_ -= file.content.size();
        // A header that is written before its file says 0, which is right for nothing too.
        file.is_whole = !file.content.empty() && checksum_of(file.content) == place.checksum;
        if (!file.is_whole && place.method == Method::deflated)
            file.content = inflated_bytewise(packed, file.content.size(), bytes_max, taken_);
        if (file.is_whole || file.content.size() > best.content.size()) best = std::move(file);
    }

    static constexpr std::uint64_t reads_max = 8;  // of the whole archive
    std::string_view archive_;
    std::uint64_t taken_ = 0;
    std::map<std::string, File> files_;
    std::uint64_t left_ = limits::pack_total_bytes_max;
};

}  // namespace

TornFiles read_torn_archive(std::string_view archive) { return Reading(archive).run(); }

}  // namespace sz::campaign
