// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/campaigns.hpp"

#include "kernel/base/files.hpp"
#include "kernel/campaign/campaign_files.hpp"
#include "kernel/campaign/methods.hpp"

namespace sz {

struct Campaigns::Impl {
    campaign::CampaignFiles files;

    Impl(const ProfileFolders& folders, Services services)
        : files(folders.campaigns(), std::move(services)) {}
};

Campaigns::Campaigns(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Campaigns::~Campaigns() = default;

Result<std::unique_ptr<Campaigns>> Campaigns::open(const ProfileFolders& folders,
                                                   Services services) {
    SZ_TRY(crypto_init());
    SZ_TRY(make_folder(folders.campaigns(), true));
    return std::unique_ptr<Campaigns>(
        new Campaigns(std::make_unique<Impl>(folders, std::move(services))));
}

Status Campaigns::add_methods() {
    SZ_TRY(campaign::add_campaign_methods(impl_->files));
    SZ_TRY(campaign::add_log_methods(impl_->files));
    SZ_TRY(campaign::add_history_methods(impl_->files));
    SZ_TRY(campaign::add_file_methods(impl_->files));
    SZ_TRY(campaign::add_character_methods(impl_->files));
    SZ_TRY(campaign::add_access_methods(impl_->files));
    SZ_TRY(campaign::add_entry_methods(impl_->files));
    SZ_TRY(campaign::add_upgrade_method(impl_->files));
    return campaign::add_explain_method(impl_->files);
}

void Campaigns::stop() { impl_->files.stop(); }

}  // namespace sz
