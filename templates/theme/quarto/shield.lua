--- Keeps Quarto from taking {{< … >}} in data for a shortcode. In the text backslashes do that; in
--- the front matter and in attributes Quarto looks once more after pandoc has read them away.
-- Runs before all of Quarto's filters, and once more after all of them to undo itself.

local joint = '\u{2063}\u{2060}\u{2063}'  -- prints nothing, and no text holds the three in a row

local function shielded(text)
  return (text:gsub('{<', '{' .. joint .. '<'):gsub('>}', '>' .. joint .. '}'))
end

local function bare(text) return (text:gsub(joint, '')) end

local function change_attributes(change)
  return function(element)
    for key, value in pairs(element.attributes) do
      local changed = change(value)
      if changed ~= value then element.attributes[key] = changed end
    end
    return element
  end
end

local function everywhere(change)
  local in_attributes = change_attributes(change)
  local function in_text(element)
    element.text = change(element.text)
    return element
  end
  return {
    Str = in_text, Code = in_text, RawInline = in_text, RawBlock = in_text, CodeBlock = in_text,
    Span = in_attributes, Div = in_attributes, Header = in_attributes, Table = in_attributes,
    Figure = in_attributes,
    Link = function(link)
      link.target, link.title = change(link.target), change(link.title)
      return in_attributes(link)
    end,
    Image = function(image)
      image.src, image.title = change(image.src), change(image.title)
      return in_attributes(image)
    end,
  }
end

function Pandoc(doc)
  local undo = quarto.report_shielded  -- one table for all filters of a run; the metadata may be made anew
  quarto.report_shielded = not undo
  return doc:walk(everywhere(undo and bare or shielded))
end
