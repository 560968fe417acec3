// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sys/mman.h>

#include <cerrno>
#include <utility>

#include "kernel/base/sys/mapped_page.hpp"

namespace sz::sys {

Expected<MappedPage> MappedPage::open(const std::filesystem::path& path, std::size_t bytes) {
    auto file = File::open_or_create_secret(path);
    if (!file) return tl::unexpected(file.error());
    if (auto error = file->resize(bytes)) return tl::unexpected(error);
    void* address =
        ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file->descriptor(), 0);
    if (address == MAP_FAILED)
        return tl::unexpected(std::error_code(errno, std::generic_category()));
    return MappedPage(std::span(static_cast<std::byte*>(address), bytes));
}

MappedPage::MappedPage(MappedPage&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

MappedPage& MappedPage::operator=(MappedPage&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
}

MappedPage::~MappedPage() {
    if (!bytes_.empty()) ::munmap(bytes_.data(), bytes_.size());
}

}  // namespace sz::sys
