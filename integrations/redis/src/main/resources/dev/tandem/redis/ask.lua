-- Whether a request may go. Answers with 0 where it may, and has counted it, or else with the microseconds after which it is
-- worth asking again; and with the time of the answer.
-- KEYS: when each request went, by id; its tokens, by id, and their sum; until when there is silence
-- ARGV: id, window in microseconds, most requests and most tokens in it (0 for no such limit), tokens, now (0: by this server's clock)
local grants, amounts, silence = KEYS[1], KEYS[2], KEYS[3]
local id, window = ARGV[1], tonumber(ARGV[2])
local mostRequests, mostTokens, tokens = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local now = tonumber(ARGV[6])
if now == 0 then
    local time = redis.call('TIME')
    now = time[1] * 1000000 + time[2]
end

-- So many at a time.
local PAGE = 100

-- Lua would write large numbers as 1.7e+15.
local function digits(number)
    return string.format('%.0f', number)
end

local rest = tonumber(redis.call('GET', silence) or 0) - now
if rest > 0 then
    return { rest, now }
end
if mostRequests == 0 and mostTokens == 0 then
    return { 0, now }
end

-- The clock was set back: what seems to have gone later counts from now on.
for _, other in ipairs(redis.call('ZRANGEBYSCORE', grants, '(' .. digits(now), '+inf')) do
    redis.call('ZADD', grants, digits(now), other)
end

local old = redis.call('ZRANGEBYSCORE', grants, '-inf', digits(now - window))
for first = 1, #old, PAGE do
    local ids = { unpack(old, first, math.min(first + PAGE - 1, #old)) }
    local gone = 0
    for _, amount in ipairs(redis.call('HMGET', amounts, unpack(ids))) do
        gone = gone + (amount or 0)
    end
    redis.call('HINCRBY', amounts, 'sum', digits(0 - gone))
    redis.call('HDEL', amounts, unpack(ids))
    redis.call('ZREM', grants, unpack(ids))
end

local count = redis.call('ZCARD', grants)
if count == 0 then
    redis.call('DEL', amounts)
end

local wait = 0
if mostRequests > 0 and count >= mostRequests then
    local last = count - mostRequests
    wait = redis.call('ZRANGE', grants, last, last, 'WITHSCORES')[2] + window - now
end

local free = mostTokens - (redis.call('HGET', amounts, 'sum') or 0)
local first = 0
while mostTokens > 0 and free < tokens and first < count do
    local ids = redis.call('ZRANGE', grants, first, first + PAGE - 1)
    for i, amount in ipairs(redis.call('HMGET', amounts, unpack(ids))) do
        free = free + (amount or 0)
        if free >= tokens then
            wait = math.max(wait, redis.call('ZSCORE', grants, ids[i]) + window - now)
            break
        end
    end
    first = first + PAGE
end
if wait > 0 then
    return { wait, now }
end

redis.call('ZADD', grants, digits(now), id)
redis.call('HSET', amounts, id, digits(tokens))
redis.call('HINCRBY', amounts, 'sum', digits(tokens))
-- A second more, so that nothing is forgotten early.
local keep = digits(math.ceil(window / 1000) + 1000)
redis.call('PEXPIRE', grants, keep)
redis.call('PEXPIRE', amounts, keep)
return { 0, now }
