--- Writes tables as Word has them when made with care: by named styles alone, a header row that comes
-- again on each page, rows that stay whole, a title and a description for who cannot see the table.
-- pandoc's own writer aligns each cell by hand and lets rows break.
-- Runs after columns.lua and numbers.lua, before docx.lua.

local stringify = pandoc.utils.stringify
local text_width = 9072  -- twentieths of a point between the margins of A4; Word knows the parts by %
local suffixes = { AlignRight = ' Right', AlignCenter = ' Centred' }

local function openxml(...) return pandoc.RawBlock('openxml', string.format(...)) end

local function escaped(text)
  return (text:gsub('[&<>"]', { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;' }))
end

--- Every paragraph of a cell in the style.
local function styled(blocks, style)
  local paragraphs = pandoc.Blocks(blocks):walk {
    traverse = 'topdown',
    Plain = function(plain) return pandoc.Div({ pandoc.Para(plain.content) }, { ['custom-style'] = style }), false end,
    Para = function(para) return pandoc.Div({ para }, { ['custom-style'] = style }), false end,
  }
  if #paragraphs > 0 then return paragraphs end
  -- pandoc drops an empty paragraph, without which a cell is none
  return pandoc.Blocks { pandoc.Div({ pandoc.Para { pandoc.Str '' } }, { ['custom-style'] = style }) }
end

local function rows_of(tbl)
  local rows = pandoc.List {}
  for _, body in ipairs(tbl.bodies) do
    rows:extend(body.head)
    rows:extend(body.body)
  end
  rows:extend(tbl.foot.rows)
  return rows
end

--- Merged cells, which only a grid table in prose can have, are pandoc's.
local function has_merged(tbl)
  for _, row in ipairs(tbl.head.rows .. rows_of(tbl)) do
    for _, cell in ipairs(row.cells) do
      if cell.row_span > 1 or cell.col_span > 1 then return true end
    end
  end
end

local function width(column) return column[2] or 0 end

--- The words of a caption: the label, and what comes after it.
local function title_and_description(caption)
  local content = caption.long[1] and caption.long[1].content
  if not content then return '', '' end
  local bare = content:walk { RawInline = function() return {} end }
  local label = bare[1] and bare[1].t == 'Span' and bare[1].classes:includes 'caption-label'
  if not label then return '', stringify(bare) end
  local said = stringify(pandoc.Inlines { table.unpack(bare, 2) }):gsub('^%s+', '')
  return stringify(bare[1]):gsub(':$', ''), said
end

local function written(tbl, from_right)
  if has_merged(tbl) then return end
  local total = 0
  for _, column in ipairs(tbl.colspecs) do total = total + width(column) end
  local head = tbl.head.rows
  local first_column = not tbl.classes:includes 'no-row-head'
  local title, description = title_and_description(tbl.caption)
  local blocks = pandoc.Blocks {}
  if tbl.caption.long[1] then
    blocks:insert(pandoc.Div({ pandoc.Para(tbl.caption.long[1].content) }, { ['custom-style'] = 'Caption' }))
  end
  local grid = ''
  for _, column in ipairs(tbl.colspecs) do
    local part = total > 0 and width(column) or 1 / #tbl.colspecs
    grid = grid .. string.format('<w:gridCol w:w="%d"/>', math.floor(part * text_width + .5))
  end
  blocks:insert(openxml(
    '<w:tbl><w:tblPr><w:tblStyle w:val="Table"/>%s<w:tblW w:type="%s" w:w="%d"/><w:tblLayout w:type="%s"/>' ..
    '<w:tblLook w:val="%s" w:firstRow="%d" w:lastRow="0" w:firstColumn="%d" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>%s%s' ..
    '</w:tblPr><w:tblGrid>%s</w:tblGrid>',
    from_right and '<w:bidiVisual/>' or '', total > 0 and 'pct' or 'auto', math.floor(total * 5000 + .5),
    total > 0 and 'fixed' or 'autofit',
    string.format('%04X', 0x0600 + (#head > 0 and 0x0020 or 0) + (first_column and 0x0080 or 0)),
    #head > 0 and 1 or 0, first_column and 1 or 0,
    title ~= '' and '<w:tblCaption w:val="' .. escaped(title) .. '"/>' or '',
    description ~= '' and '<w:tblDescription w:val="' .. escaped(description) .. '"/>' or '',
    grid))
  local small = #tbl.colspecs > 6 and ' Small' or ''
  local function put(rows, style, properties)
    for _, row in ipairs(rows) do
      blocks:insert(openxml('<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>', properties))
      for i, cell in ipairs(row.cells) do
        local column = tbl.colspecs[i]
        local size = total > 0 and string.format('<w:tcW w:w="%d" w:type="pct"/>', math.floor(width(column) * 5000 + .5))
          or '<w:tcW w:w="0" w:type="auto"/>'
        local alignment = cell.alignment ~= 'AlignDefault' and cell.alignment or column[1]
        blocks:insert(openxml('<w:tc><w:tcPr>%s</w:tcPr>', size))
        blocks:extend(styled(cell.contents, style .. small .. (suffixes[alignment] or '')))
        blocks:insert(openxml '</w:tc>')
      end
      blocks:insert(openxml '</w:tr>')
    end
  end
  put(head, 'Table Heading', '<w:tblHeader/>')
  put(rows_of(tbl), 'Table Text', '')
  blocks:insert(openxml '</w:tbl>')
  return { pandoc.Div(blocks, pandoc.Attr(tbl.identifier)) }
end

--- A quote and its original are prose, and no table where the page is no wider than one of them.
local function one_below_the_other(div)
  if not div.classes:includes 'bilingual' then return end
  return div:walk { Table = function(tbl)
    local blocks = pandoc.Blocks {}
    for _, row in ipairs(rows_of(tbl)) do
      for i, cell in ipairs(row.cells) do
        local language = stringify(tbl.head.rows[1].cells[i].contents)
        local said = pandoc.utils.blocks_to_inlines(cell.contents)
        local name = pandoc.Span(language .. ':', { ['custom-style'] = 'Caption Label' })
        blocks:insert(pandoc.BlockQuote { pandoc.Para(pandoc.Inlines { name, pandoc.Space() } .. said) })
      end
    end
    return blocks
  end }
end

--- Word joins tables that nothing parts: a caption does, and where there is none, a paragraph.
local function part_tables(blocks)
  for i = #blocks, 2, -1 do
    if blocks[i].t == 'Table' and blocks[i - 1].t == 'Table' and not blocks[i].caption.long[1] then
      blocks:insert(i, openxml '<w:p/>')
    end
  end
  return blocks
end

function Pandoc(doc)
  local from_right = stringify(doc.meta.dir or '') == 'rtl'
  doc = doc:walk { Div = one_below_the_other }
  doc = doc:walk { Blocks = part_tables }
  return doc:walk { Table = function(tbl) return written(tbl, from_right) end }
end
