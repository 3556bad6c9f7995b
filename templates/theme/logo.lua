--- An organisation's logo as pictures, which pandoc writes with their words escaped: one for light
-- grounds, and one for dark ones where there is another.

local stringify = pandoc.utils.stringify

function Meta(meta)
  if not meta['organisation-logo'] then return end
  local alt = stringify(meta['organisation-logo-alt'])
  local function picture(path, class) return pandoc.Image(alt, stringify(path), '', { class = class }) end
  local logos = pandoc.Inlines { picture(meta['organisation-logo'], 'on-light') }
  local dark = meta['organisation-logo-dark']
  if dark then logos:insert(picture(dark, 'on-dark')) end
  meta['organisation-logo'] = pandoc.MetaInlines(logos)
  return meta
end
