-- A request had another number of tokens than was thought. One that is out of the window does not matter any more.
-- KEYS: tokens of each request, by id, and their sum
-- ARGV: id, tokens
local amounts, id, tokens = KEYS[1], ARGV[1], ARGV[2]
local before = redis.call('HGET', amounts, id)
if before then
    redis.call('HSET', amounts, id, tokens)
    redis.call('HINCRBY', amounts, 'sum', string.format('%.0f', tokens - before))
end
return {}
