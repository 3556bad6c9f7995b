--- Lists every affiliation once, in order of appearance; an author names hers by number. An author's
--- name, which stands there in parts too, becomes the whole.
function Meta(meta)
  local numbers, listed = {}, pandoc.List()
  for _, author in ipairs(meta.author or {}) do
    author.name = author.name.literal or author.name
    author.affiliation = pandoc.List()
    for _, affiliation in ipairs(author.affiliations or {}) do
      local name = pandoc.utils.stringify(affiliation.name)
      if not numbers[name] then
        numbers[name] = tostring(#listed + 1)
        listed:insert { id = numbers[name], name = affiliation.name }
      end
      author.affiliation:insert(numbers[name])
    end
  end
  if #listed > 0 then meta.affiliation = listed end
  return meta
end
