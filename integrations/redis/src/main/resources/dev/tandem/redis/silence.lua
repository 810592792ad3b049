-- Nothing is to go for some time. The longest silence counts.
-- KEYS: until when there is silence
-- ARGV: milliseconds, now in microseconds (0: by this server's clock)
local silence, millis, now = KEYS[1], ARGV[1], tonumber(ARGV[2])
if now == 0 then
    local time = redis.call('TIME')
    now = time[1] * 1000000 + time[2]
end
local till = now + millis * 1000
if till > tonumber(redis.call('GET', silence) or 0) then
    redis.call('SET', silence, string.format('%.0f', till), 'PX', millis)
end
return {}
