// Live pages: the stream carries a version number only; a new one makes the fragments read themselves again.
// The stream is closed while the tab is hidden. Without a stream htmx asks every 60 s (hx-trigger).
(function () {
  'use strict'
  var address = document.body.dataset.live
  if (!address || !window.EventSource) return
  var stream = null
  var version = null

  function tell () {
    document.body.dispatchEvent(new CustomEvent('tz:changed'))
  }

  function open () {
    if (stream) return
    stream = new EventSource(address)
    stream.onmessage = function (message) {
      if (version !== null && message.data !== version) tell()
      version = message.data
    }
    stream.addEventListener('end', close)
  }

  function close () {
    if (stream) stream.close()
    stream = null
  }

  document.addEventListener('visibilitychange', function () {
    if (document.hidden) close()
    else { open(); tell() }
  })
  window.addEventListener('pagehide', close)
  window.addEventListener('pageshow', function (event) { if (event.persisted) { open(); tell() } })
  open()
})()
