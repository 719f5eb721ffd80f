-- For wrk: asks for the addresses in a file in turn, and tells what came of it in one line of JSON.

local requests, position = {}, 0

function init(arguments)
   for address in io.lines(arguments[1]) do
      requests[#requests + 1] = wrk.format("GET", address)
   end
end

function request()
   position = position % #requests + 1
   return requests[position]
end

function done(summary, latency)
   local errors = summary.errors
   local failed = errors.connect + errors.read + errors.write + errors.timeout + errors.status
   io.write(string.format(
      '\n{"requests": %d, "microseconds": %d, "failed": %d}\n', summary.requests, summary.duration, failed
   ))
end
