--- Gives the pieces of a document the named styles of the Word reference documents.
-- Runs after authors.lua, crossref.lua and citeproc.

local stringify = pandoc.utils.stringify

local boxes = {
  ['key-messages'] = 'Key Messages', facts = 'Facts', meaning = 'Meaning', contact = 'Contact',
  ['translated-abstract'] = 'Abstract', colophon = 'Colophon', ['pull-quote'] = 'Pull Quote', attribution = 'Attribution',
}
local marks = {
  term = 'Term', number = 'Number', ['header-section-number'] = 'Section Number',
  ['caption-label'] = 'Caption Label', ['translated-title'] = 'Caption Label', ['keywords-label'] = 'Caption Label',
}

local function styled(style, ...)
  return pandoc.Div({ ... }, { ['custom-style'] = style })
end

local function style_of(element, styles)
  for _, class in ipairs(element.classes) do
    if styles[class] then return styles[class] end
  end
end

--- Every paragraph in the style, also those of lists; headings keep their own.
local function style_paragraphs(blocks, style)
  return blocks:walk {
    traverse = 'topdown',
    Plain = function(plain) return styled(style, pandoc.Para(plain.content)), false end,
    Para = function(para) return styled(style, para), false end,
    Table = function(tbl) return tbl, false end,
    Div = function(div) if div.attributes['custom-style'] then return div, false end end,
  }
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

local function style_box(div)
  local style = style_of(div, boxes)
  if not style then return end
  local content = div.content
  if style == boxes['pull-quote'] then  -- Word's quote style would win over this one
    content = content:walk { BlockQuote = function(quote) return quote.content end }
  end
  div.content = style_paragraphs(content, style)
  return div
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
  if caption then table.insert(blocks, styled('Image Caption', pandoc.Para(caption.content))) end
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

local function style_cells(tbl)
  local style = #tbl.colspecs > 6 and 'Table Text Small' or 'Table Text'
  local function style_rows(rows, header)
    for _, row in ipairs(rows) do
      for _, cell in ipairs(row.cells) do
        local said = #cell.contents > 0 and cell.contents or pandoc.Blocks { pandoc.Plain { pandoc.Str '' } }
        cell.contents = style_paragraphs(said, header and style .. ' Header' or style)
      end
    end
  end
  style_rows(tbl.head.rows, true)
  for _, body in ipairs(tbl.bodies) do style_rows(body.body) end
  return tbl
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

local function title_block(meta)
  local blocks = pandoc.Blocks {}
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
    blocks:extend(style_paragraphs(blocks_of(meta.abstract), 'Abstract'))
    if meta.keywords then put('Keywords', keyword_line(meta)) end
  end
  return blocks
end

function Pandoc(doc)
  doc = doc:walk { BlockQuote = attributed, Div = function(div) return paragraph_of_picture(div) or attributed_table(div) end }
  doc = doc:walk { Div = style_box, Figure = paragraphs_of_figure, Table = style_cells }
  doc = doc:walk { Span = mark_span }
  local meta = doc.meta
  -- Whatever else the front matter holds, pandoc would write into the file's properties.
  local blocks = title_block(meta) .. doc.blocks
  if meta.dir then blocks = pandoc.Blocks { pandoc.Div(blocks, { dir = stringify(meta.dir) }) } end
  return pandoc.Pandoc(blocks, {
    title = meta.title, lang = meta.lang, keywords = meta.keywords,
    author = meta.author and meta.author:map(function(author) return author.name end),
  })
end
