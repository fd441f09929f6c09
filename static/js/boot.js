// Every page: says that scripts run, keeps typed text on this phone until an answer arrives,
// shows when saving is slow or the line is lost. ES2018, no words of its own (see layouts/_states.html).
(function () {
  'use strict'
  var SLOW_MS = 3000
  var VERY_SLOW_MS = 15000
  var root = document.body
  var supported = 'noModule' in HTMLScriptElement.prototype
  root.className += ' js-enabled' + (supported ? ' govuk-frontend-supported' : '')
  var words = document.getElementById('tz-words').dataset

  // --- typed text, kept per page and form until the server has answered -------------------------

  function keyOf (form) {
    return 'tz-keep:' + location.pathname + ':' + (form.getAttribute('action') || '')
  }

  function isKept (input) {
    return input.name && input.name !== 'csrf_token' && input.name.charAt(0) !== '_' &&
      !/^(hidden|password|file|submit|button)$/.test(input.type)
  }

  function keep (form) {
    var typed = []
    Array.prototype.forEach.call(form.elements, function (input) {
      if (!isKept(input)) return
      if (/^(checkbox|radio)$/.test(input.type)) {
        if (input.checked) typed.push([input.name, input.value])
      } else {
        typed.push([input.name, input.value])
      }
    })
    try { sessionStorage.setItem(keyOf(form), JSON.stringify(typed)) } catch (full) { /* no room: the page still works */ }
  }

  function forget (form) {
    try { sessionStorage.removeItem(keyOf(form)) } catch (blocked) { /* nothing was kept */ }
  }

  function markSent (form) {
    try { sessionStorage.setItem('tz-sent', keyOf(form)) } catch (blocked) { /* then it is kept longer */ }
  }

  // A page of ours after a submit is the answer: then the text is safe with the server, unless the page says
  // that nothing was saved (body class tz-not-saved). A browser's own error page never runs this.
  function settleSent () {
    try {
      var sent = sessionStorage.getItem('tz-sent')
      sessionStorage.removeItem('tz-sent')
      if (sent && !root.classList.contains('tz-not-saved')) sessionStorage.removeItem(sent)
    } catch (blocked) { /* nothing was kept */ }
  }

  settleSent()

  function restore (form) {
    var text = null
    try { text = sessionStorage.getItem(keyOf(form)) } catch (blocked) { return }
    if (!text) return
    var changed = false
    var typed = JSON.parse(text)
    Array.prototype.forEach.call(form.elements, function (input) {
      if (!isKept(input)) return
      if (/^(checkbox|radio)$/.test(input.type)) {
        var ticked = typed.some(function (pair) { return pair[0] === input.name && pair[1] === input.value })
        if (ticked !== input.checked) { input.checked = ticked; changed = true }
        return
      }
      var pair = typed.filter(function (item) { return item[0] === input.name })[0]
      if (pair && pair[1] !== input.value) { input.value = pair[1]; changed = true }
    })
    if (!changed) return
    form.dispatchEvent(new CustomEvent('tz:restored', { bubbles: true }))
    say(form, words.kept)
  }

  var keeping = document.querySelectorAll('form[data-tz-keep]')
  Array.prototype.forEach.call(keeping, function (form) {
    // An error page shows what was sent; only a page that answered a GET may be older than the phone.
    if (document.querySelector('.govuk-error-summary')) forget(form)
    else restore(form)
    form.addEventListener('input', function () { keep(form) })
    form.addEventListener('change', function () { keep(form) })
  })

  // --- one status line per form -----------------------------------------------------------------

  function lineOf (form) {
    var line = form.querySelector('.tz-slow')
    if (!line) {
      line = document.createElement('p')
      line.className = 'tz-slow'
      line.setAttribute('role', 'status')
      form.appendChild(line)
    }
    return line
  }

  function say (form, text) {
    lineOf(form).textContent = text
  }

  // --- sending ------------------------------------------------------------------------------------

  var sending = null

  function isPost (form) {
    return (form.getAttribute('method') || '').toLowerCase() === 'post' && !form.hasAttribute('hx-post')
  }

  function remember (button) {
    // A disabled button is not sent, so its name and value travel in a hidden field.
    if (!button || !button.name) return null
    var field = document.createElement('input')
    field.type = 'hidden'
    field.name = button.name
    field.value = button.value
    button.form.appendChild(field)
    return field
  }

  function stop () {
    if (!sending) return
    sending.timers.forEach(clearTimeout)
    if (sending.button) {
      sending.button.disabled = false
      sending.button.textContent = sending.text
    }
    if (sending.field) sending.field.remove()
    sending = null
  }

  function resubmit (form, button) {
    if (form.requestSubmit) form.requestSubmit(button || undefined)
    else if (button) button.click()
    else form.submit()
  }

  function offerRetry (form, button) {
    say(form, words.verySlow + ' ')
    var retry = document.createElement('button')
    retry.type = 'button'
    retry.className = 'govuk-button govuk-button--secondary'
    retry.textContent = words.retry
    retry.addEventListener('click', function () {
      window.stop()
      stop()
      lineOf(form).remove()
      resubmit(form, button)
    })
    lineOf(form).appendChild(retry)
  }

  document.addEventListener('submit', function (event) {
    var form = event.target
    if (event.defaultPrevented || !isPost(form)) return
    if (sending) { event.preventDefault(); return }
    if (form.hasAttribute('data-tz-keep')) keep(form)
    if (navigator.onLine === false) {
      event.preventDefault()
      waitForLine(form, event.submitter)
      return
    }
    var button = event.submitter || form.querySelector('button[type=submit], button:not([type])')
    if (form.hasAttribute('data-tz-keep')) markSent(form)
    sending = { button: button, text: button ? button.textContent : '', field: remember(button), timers: [] }
    sending.timers.push(setTimeout(function () { say(form, words.slow) }, SLOW_MS))
    sending.timers.push(setTimeout(function () { offerRetry(form, button) }, VERY_SLOW_MS))
    if (!button) return
    setTimeout(function () {
      if (!sending) return
      button.disabled = true
      if (button.classList.contains('govuk-button')) button.textContent = words.saving
    }, 0)
  })

  window.addEventListener('pageshow', function (event) { if (event.persisted) stop() })

  // --- the line -----------------------------------------------------------------------------------

  var band = document.getElementById('tz-offline')
  var bandText = band.querySelector('.tz-offline__text')
  var lostText = bandText.textContent
  var waiting = null

  function waitForLine (form, button) {
    waiting = { form: form, button: button }
    showLine()
  }

  function showLine () {
    bandText.textContent = lostText
    bandText.hidden = navigator.onLine !== false
  }

  window.addEventListener('offline', showLine)
  window.addEventListener('online', function () {
    if (!waiting) { showLine(); return }
    var next = waiting
    waiting = null
    bandText.textContent = band.dataset.back
    resubmit(next.form, next.button)
  })
  showLine()
})()
