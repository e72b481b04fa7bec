// SPDX-License-Identifier: Apache-2.0
// Where a refusal is mended: code -> the form or list that leads on, shown to those who may use it.
export default {
  'essential.services_differ': { view: 'essential.area_services' },
  'essential.owner_exists': { view: 'essential.owners' },
  'essential.owner_other_name': { view: 'essential.owners' },
  'essential.owners_missing': { form: 'essential.create_owner' },
  'essential.apartment_not_normal': { view: 'essential.apartments' },
}
