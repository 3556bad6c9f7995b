--- Gives every piece of a document a named style of the Word reference documents: nothing is formatted
-- by hand, so that a changed style changes the whole document.
-- Runs last, after authors.lua, citeproc, docx/numbers.lua and docx/tables.lua.

local stringify = pandoc.utils.stringify

local boxes = {
  ['key-messages'] = 'Key Messages', facts = 'Facts', meaning = 'Meaning', contact = 'Contact', recipient = 'Recipient',
  ['translated-abstract'] = 'Abstract', colophon = 'Colophon', ['pull-quote'] = 'Pull Quote', attribution = 'Attribution',
}
local marks = {
  term = 'Term', number = 'Number', ['header-section-number'] = 'Section Number',
  ['caption-label'] = 'Caption Label', ['translated-title'] = 'Caption Label', ['keywords-label'] = 'Caption Label',
}

-- What a mark looks like is for a style to say. A list is one by its style; a numbered one is pandoc's,
-- since only so it begins anew.
local looks = {
  Strong = 'Strong', Emph = 'Emphasis', Superscript = 'Superscript', Subscript = 'Subscript',
  SmallCaps = 'Small Capitals', Strikeout = 'Strikethrough', Underline = 'Underline',
}
local ours  -- whether the reference document has all of our styles
local panels = { ['Key Messages'] = true, Meaning = true, Contact = true, Facts = true }

local function styled(style, ...)
  return pandoc.Div({ ... }, { ['custom-style'] = style })
end

local function style_of(element, styles)
  for _, class in ipairs(element.classes) do
    if styles[class] then return styles[class] end
  end
end

local body  -- a function below

--- The items of a list, each paragraph in the style of its depth; `style` is that of the box around.
local function bullets(list, style, depth)
  local blocks = pandoc.Blocks {}
  local level = depth > 1 and ' ' .. math.min(depth, 3) or ''
  local item_style = panels[style] and style .. ' List' or 'List Bullet' .. level
  local after = panels[style] and style or 'List Continue' .. level
  for _, item in ipairs(list.content) do
    for i, block in ipairs(item) do
      if block.t == 'Plain' or block.t == 'Para' then
        blocks:insert(styled(i == 1 and item_style or after, pandoc.Para(block.content)))
      else
        blocks:extend(body({ block }, style, depth))
      end
    end
  end
  return blocks
end

--- Blocks with each paragraph in a style: that of the box, or of the text. The first one after a
-- heading, a table, a figure or a quote is a first paragraph.
function body(blocks, style, depth)
  local out, first = pandoc.Blocks {}, true
  for _, block in ipairs(blocks) do
    local follows = true
    if block.t == 'Para' or block.t == 'Plain' then
      out:insert(styled(style or first and 'First Paragraph' or 'Body Text', pandoc.Para(block.content)))
      follows = false
    elseif block.t == 'BulletList' and ours then
      out:extend(bullets(block, style, (depth or 0) + 1))
    elseif block.t == 'BulletList' or block.t == 'OrderedList' then
      local of_item = style or ours and 'List Number' or 'Compact'
      block.content = block.content:map(function(item) return body(item, of_item, (depth or 0) + 1) end)
      out:insert(block)
    elseif block.t == 'Div' and not block.attributes['custom-style'] then
      local box = style_of(block, boxes)
      -- headings keep their own style, and the works cited theirs
      local works = block.identifier == 'refs' and 'Bibliography'
      block.content = body(block.content, box or works or style, depth)
      out:insert(block)
    elseif block.t == 'HorizontalRule' then
      out:insert(styled('Ornament', pandoc.Para { pandoc.Str '* * *' }))
    else
      out:insert(block)
    end
    first = follows
  end
  return out
end

--- What is of a style already keeps it: a run of Word has one.
local function mark_looks(blocks)
  local filter = {
    traverse = 'topdown',
    Span = function(span) if span.attributes['custom-style'] then return span, false end end,
    Link = function(link) return link, false end,
  }
  for kind, style in pairs(looks) do
    filter[kind] = function(mark)
      local inner = mark.content[1]
      local both = #mark.content == 1 and (kind == 'Strong' and inner.t == 'Emph' or kind == 'Emph' and inner.t == 'Strong')
      local content = both and inner.content or mark.content
      return pandoc.Span(content, { ['custom-style'] = both and 'Strong Emphasis' or style }), false
    end
  end
  return blocks:walk(filter)
end

local function mark_span(span)
  local style = style_of(span, marks)
  if style then span.attributes['custom-style'] = style end
  return span
end

local function attributed(quote)
  local last = quote.content[#quote.content]
  local span = last and last.content and #last.content == 1 and last.content[1]
  if not (span and span.t == 'Span' and span.classes:includes 'attribution') then return end
  quote.content[#quote.content] = styled(boxes.attribution, pandoc.Para(span))
  return quote
end

--- Whose the words are, below a quote in two languages.
local function attributed_table(div)
  if not div.classes:includes 'bilingual' then return end
  return div:walk { Para = function(para)
    local span = #para.content == 1 and para.content[1]
    if span and span.t == 'Span' and span.classes:includes 'attribution' then
      return styled(boxes.attribution, para)
    end
  end }
end

--- A pull quote is of one style, where Word's style of quotes would win over it.
local function unquoted(div)
  if style_of(div, boxes) ~= boxes['pull-quote'] then return end
  return div:walk { BlockQuote = function(quote) return quote.content end }
end

--- LibreOffice cuts the edge off a picture as wide as the page, where pandoc sets no distances.
-- A picture as high as the page leaves room for its caption.
local function leave_edge(image)
  local file = not (image.attributes.width or image.attributes.height) and io.open(image.src, 'rb')
  if not file then return end
  local size = pandoc.image.size(file:read 'a')
  file:close()
  local wide, high = size.width / size.dpi_horz, size.height / size.dpi_vert
  if high > 8.25 and wide / high * 8.2 <= 6 then
    image.attributes.height = '8.2in'
  elseif wide > 6 then
    image.attributes.width = '96%'
  end
  return image
end

--- Paragraphs, where pandoc would make a table of the picture.
local function paragraphs_of_figure(figure)
  local image, caption = figure.content[1]:walk { Image = leave_edge }, figure.caption.long[1]
  local blocks = { styled('Captioned Figure', pandoc.Para(image.content)) }
  if caption then table.insert(blocks, styled('Caption', pandoc.Para(caption.content))) end
  return pandoc.Div(blocks, { id = figure.identifier })
end

--- A picture beside the text: in Word above it, and on the same page.
local function paragraph_of_picture(div)
  if not div.classes:includes 'picture' then return end
  local image = div:walk { Image = function(image)
    image.attributes.width = '2.9cm'
    return image
  end }.content[1]
  return styled('Captioned Figure', pandoc.Para(image.content))
end

--- The logo of whom the document was made for, above the name, as large as it fits.
local function paragraph_of_logo(div)
  if not div.classes:includes 'recipient-logo' then return end
  local image = div:walk { Image = function(image)
    local file = io.open(image.src, 'rb')
    if file then
      local size = pandoc.image.size(file:read 'a')
      file:close()
      local side = size.width / size.height > 5 / 1.5 and { width = '5cm' } or { height = '1.5cm' }
      for name, length in pairs(side) do image.attributes[name] = length end
    end
    return image
  end }.content[1]
  return styled('Recipient', pandoc.Para(image.content))
end

-- Front matter

local function superscript(texts)
  if #texts == 0 then return pandoc.Inlines {} end
  return pandoc.Inlines { pandoc.Superscript(table.concat(texts, ',')) }
end

local function comma_separated(items)
  local line = pandoc.Inlines {}
  for i, item in ipairs(items) do
    if i > 1 then line:extend { pandoc.Str ',', pandoc.Space() } end
    line:extend(item)
  end
  return line
end

local function link(text, target) return pandoc.Inlines { pandoc.Link(text, target) } end

--- The names in a line, and the lines below it: affiliations, correspondence, ORCIDs.
local function byline(meta)
  local names, lines, orcids = pandoc.List(), pandoc.List(), pandoc.List()
  local several = #(meta.affiliation or {}) > 1
  for _, affiliation in ipairs(meta.affiliation or {}) do
    lines:insert(superscript(several and { affiliation.id } or {}) .. pandoc.Inlines(affiliation.name))
  end
  for _, author in ipairs(meta.author) do
    local name = pandoc.Inlines(author.name)
    local signs = pandoc.List(several and author.affiliation or {}):map(stringify)
    if author.corresponding and author.email then
      signs:insert '*'
      local email, title = stringify(author.email), meta['corresponding-title']
      lines:insert(pandoc.Inlines('* ' .. (title and stringify(title) .. ' ' or '')) ..
        comma_separated { name, link(email, 'mailto:' .. email) })
    end
    if author.orcid then
      local url = 'https://orcid.org/' .. stringify(author.orcid)
      orcids:insert(comma_separated { name, link(url, url) })
    end
    names:insert(name .. superscript(signs))
  end
  return comma_separated(names), lines .. orcids
end

local function keyword_line(meta)
  local line = pandoc.Inlines {}
  if meta['keywords-title'] then
    local title = pandoc.Inlines(stringify(meta['keywords-title']))
    line:extend { pandoc.Span(title, { ['custom-style'] = 'Caption Label' }), pandoc.Str '\u{2003}' }
  end
  line:insert(pandoc.Str(table.concat(meta.keywords:map(stringify), '; ')))
  return line
end

--- A one-paragraph value of the front matter comes as inlines.
local function blocks_of(value)
  if pandoc.utils.type(value) == 'Inlines' then return pandoc.Blocks { pandoc.Para(value) } end
  return pandoc.Blocks(value)
end

--- An organisation's logo, which Word shows as PNG.
local function logo(meta)
  local path = stringify(meta['organisation-logo']):gsub('%.svg$', '.png')
  local image = pandoc.Image(stringify(meta['organisation-logo-alt']), path, '', { height = '1.3cm' })
  return pandoc.Para { image }
end

local function title_block(meta)
  local blocks = pandoc.Blocks {}
  if meta['organisation-logo'] then blocks:insert(logo(meta)) end
  local function put(style, inlines)
    if inlines then blocks:insert(styled(style, pandoc.Para(pandoc.Inlines(inlines)))) end
  end
  put('Kicker', meta.kicker)
  put('Title', meta.title)
  put('Subtitle', meta.subtitle)
  put('Organisation', meta.organisation)
  if meta.author then
    local names, lines = byline(meta)
    put('Author', names)
    for _, line in ipairs(lines) do put('Affiliation', line) end
  end
  if meta.abstract then
    put('Abstract Title', meta['abstract-title'])
    blocks:extend(body(blocks_of(meta.abstract), 'Abstract'))
    if meta.keywords then put('Keywords', keyword_line(meta)) end
  end
  return blocks
end

function Pandoc(doc)
  ours = doc.meta['our-word-styles']
  doc = doc:walk { Div = paragraph_of_picture }
  doc = doc:walk { Div = paragraph_of_logo }
  doc = doc:walk { Span = mark_span }
  doc = doc:walk { BlockQuote = attributed, Div = attributed_table }
  doc = doc:walk { Div = unquoted, Figure = paragraphs_of_figure }
  local meta = doc.meta
  -- Whatever else the front matter holds, pandoc would write into the file's properties.
  local blocks = title_block(meta) .. body(doc.blocks)
  if ours then blocks = mark_looks(blocks) end
  if meta.dir then blocks = pandoc.Blocks { pandoc.Div(blocks, { dir = stringify(meta.dir) }) } end
  return pandoc.Pandoc(blocks, {
    title = meta.title, lang = meta.lang, keywords = meta.keywords,
    author = meta.author and meta.author:map(function(author) return author.name end),
  })
end
