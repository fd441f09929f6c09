// Caseworkers' lists by keyboard: J and K move, X ticks, Enter opens, / goes to the search field.
// The keys can be switched off (WCAG 2.1.4) with the button [data-tz-keys]; the choice stays on this computer.
(function () {
  'use strict'
  var SETTING = 'tz-keys-off'
  var table = document.querySelector('[data-tz-queue]')
  var toggle = document.querySelector('[data-tz-keys]')
  var current = -1

  function isOff () {
    try { return localStorage.getItem(SETTING) === '1' } catch (blocked) { return false }
  }

  function showToggle () {
    if (toggle) toggle.setAttribute('aria-pressed', String(!isOff()))
  }

  function rows () {
    table = document.querySelector('[data-tz-queue]')
    return table ? table.querySelectorAll('tbody tr') : []
  }

  function move (step) {
    var all = rows()
    if (!all.length) return
    current = Math.max(0, Math.min(all.length - 1, current + step))
    Array.prototype.forEach.call(all, function (row, index) {
      if (index === current) row.setAttribute('data-current', '')
      else row.removeAttribute('data-current')
    })
    var link = all[current].querySelector('a')
    if (link) link.focus({ preventScroll: true })
    all[current].scrollIntoView({ block: 'nearest' })
  }

  function tick () {
    var box = rows()[current] && rows()[current].querySelector('input[type=checkbox]')
    if (box) box.click()
  }

  function search () {
    var field = document.querySelector('[role=search] input[type=text], [role=search] input[type=search]')
    if (!field) return false
    field.focus()
    return true
  }

  document.addEventListener('keydown', function (event) {
    if (isOff() || event.ctrlKey || event.metaKey || event.altKey) return
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== 'checkbox') return
    var key = event.key.toLowerCase()
    if (key === 'j') move(1)
    else if (key === 'k') move(-1)
    else if (key === 'x') tick()
    else if (key === '/' && search()) event.preventDefault()
  })
  document.body.addEventListener('htmx:afterSwap', function () { current = -1 })

  if (toggle) {
    toggle.closest('[data-tz-keys-line]').hidden = false
    toggle.addEventListener('click', function () {
      try { localStorage.setItem(SETTING, isOff() ? '0' : '1') } catch (blocked) { /* stays as it is */ }
      showToggle()
    })
    showToggle()
  }
})()
