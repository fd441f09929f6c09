// Uploads in pieces that survive a lost line: POST creates, PATCH adds from an offset, HEAD says how far it got.
// Each file shows its progress, can be tried again and deleted. Without this script the form sends the files itself.
(function () {
  'use strict'
  var CHUNK_BYTES = 512 * 1024
  var WAITS_MS = [1000, 4000, 15000, 60000]
  var TRY_AGAIN = { 0: true, 408: true, 423: true, 425: true, 429: true, 500: true, 502: true, 503: true, 504: true }
  var token = document.querySelector('meta[name="csrf-token"]').content

  function request (method, address, body, headers, onProgress) {
    return new Promise(function (resolve) {
      var call = new XMLHttpRequest()
      call.open(method, address)
      call.setRequestHeader('X-CSRF-Token', token)
      call.setRequestHeader('Accept', 'application/json')
      Object.keys(headers || {}).forEach(function (name) { call.setRequestHeader(name, headers[name]) })
      if (onProgress) call.upload.onprogress = onProgress
      call.timeout = 60000
      call.onloadend = function () {
        var answer = {}
        try { answer = JSON.parse(call.responseText) } catch (notJson) { /* HEAD and failures have no JSON */ }
        resolve({ status: call.status, answer: answer, offset: Number(call.getResponseHeader('Upload-Offset') || -1) })
      }
      call.send(body)
    })
  }

  function wait (milliseconds) {
    return new Promise(function (resolve) {
      var timer = setTimeout(resolve, milliseconds)
      window.addEventListener('online', function () { clearTimeout(timer); resolve() }, { once: true })
    })
  }

  function element (name, className, text) {
    var made = document.createElement(name)
    made.className = className
    if (text) made.textContent = text
    return made
  }

  function sizeWords (bytes) {
    return bytes < 1e6 ? Math.max(1, Math.round(bytes / 1e3)) + ' kB' : (bytes / 1e6).toFixed(1) + ' MB'
  }

  function Row (box, file) {
    this.box = box
    this.file = file
    this.words = box.dataset
    this.item = element('li', 'tz-upload__file tz-upload__file--sending')
    this.state = element('span', 'tz-upload__state')
    this.bar = element('progress', 'tz-upload__progress')
    this.bar.max = file.size || 1
    this.bar.value = 0
    this.bar.setAttribute('aria-label', file.name)
    this.item.appendChild(element('span', 'tz-upload__name', file.name))
    this.item.appendChild(this.state)
    this.item.appendChild(this.bar)
    box.querySelector('.tz-upload__list').appendChild(this.item)
  }

  Row.prototype.say = function (text, aloud) {
    this.state.textContent = sizeWords(this.file.size) + ' · ' + text
    if (aloud) this.box.querySelector('[role=status]').textContent = this.file.name + ' ' + text
  }

  Row.prototype.button = function (text, act) {
    var button = element('button', 'govuk-button govuk-button--secondary tz-upload__button', text)
    button.type = 'button'
    button.appendChild(element('span', 'govuk-visually-hidden', ' ' + this.file.name))
    button.addEventListener('click', act)
    this.item.appendChild(button)
    return button
  }

  Row.prototype.look = function (state) {
    this.item.className = 'tz-upload__file tz-upload__file--' + state
    Array.prototype.forEach.call(this.item.querySelectorAll('button'), function (button) { button.remove() })
  }

  Row.prototype.finish = function (id) {
    this.look('ready')
    this.bar.remove()
    this.say(this.words.done, true)
    this.item.dataset.file = id
    var remove = this.button(this.words.remove, function () {})
    remove.type = 'submit'
    remove.name = '_remove'
    remove.value = id
    remove.formNoValidate = true
  }

  Row.prototype.fail = function (reason) {
    var row = this
    row.look('failed')
    row.say(reason ? row.words.failed + ' · ' + reason : row.words.failed, true)
    row.button(row.words.retry, function () { row.look('sending'); row.send() })
    row.button(row.words.remove, function () { row.item.remove() })
  }

  Row.prototype.progress = function (bytes) {
    this.bar.value = bytes
    this.say(this.words.sending + ' ' + Math.floor(100 * bytes / (this.file.size || 1)) + '%')
  }

  // One step with growing waits; resolves with the answer, or with null when it was tried often enough.
  Row.prototype.patiently = function (step) {
    var row = this
    function attempt (count) {
      return step(count).then(function (got) {
        if (!TRY_AGAIN[got.status]) return got
        if (count >= WAITS_MS.length) return null
        row.say(row.words.waiting, count === 0)
        return wait(WAITS_MS[count]).then(function () { return attempt(count + 1) })
      })
    }
    return attempt(0)
  }

  Row.prototype.send = function () {
    var row = this
    var file = row.file
    row.progress(0)
    if (row.address) return row.resume()
    return row.patiently(function () {
      return request('POST', row.box.dataset.tzUpload,
        JSON.stringify({ name: file.name, size: file.size, type: file.type || 'application/octet-stream' }),
        { 'Content-Type': 'application/json' })
    }).then(function (got) {
      if (!got || got.status !== 201) return row.fail(got && got.answer.detail)
      row.address = got.answer.url
      row.id = got.answer.id
      return row.chunk(got.answer.offset || 0)
    })
  }

  Row.prototype.resume = function () {
    var row = this
    return row.patiently(function () { return request('HEAD', row.address) }).then(function (got) {
      if (!got || got.status >= 400 || got.offset < 0) {
        row.address = null
        return row.fail()
      }
      return row.chunk(got.offset)
    })
  }

  Row.prototype.chunk = function (offset) {
    var row = this
    var position = offset
    return row.patiently(function (count) {
      // After a break ask how much arrived, then go on from there.
      var known = count === 0 ? Promise.resolve({ offset: position }) : request('HEAD', row.address)
      return known.then(function (head) {
        if (head.status === 0) return head
        if (head.offset >= 0) position = head.offset
        if (count > 0 && position >= row.file.size) return { status: 200, answer: { offset: position, done: true } }
        return request('PATCH', row.address, row.file.slice(position, position + CHUNK_BYTES),
          { 'Upload-Offset': String(position), 'Content-Type': 'application/offset+octet-stream' },
          function (event) { row.progress(Math.min(row.file.size, position + event.loaded)) })
      })
    }).then(function (got) {
      if (!got) return row.fail()
      if (got.status === 409) return row.resume()
      if (got.status >= 300) return row.fail(got.answer.detail)
      row.progress(got.answer.offset)
      return got.answer.done ? row.finish(row.id) : row.chunk(got.answer.offset)
    })
  }

  Array.prototype.forEach.call(document.querySelectorAll('[data-tz-upload]'), function (box) {
    var input = box.querySelector('input[type=file]')
    var status = box.querySelector('[role=status]')
    var choose = element('span', 'govuk-button govuk-button--secondary tz-upload__choose', box.dataset.choose)
    choose.setAttribute('aria-hidden', 'true')
    choose.addEventListener('click', function () { input.click() })
    input.insertAdjacentElement('afterend', choose)
    box.classList.add('tz-upload--ready')

    input.addEventListener('change', function () {
      var last = Promise.resolve()
      Array.prototype.forEach.call(input.files, function (file) {
        var most = Number(box.dataset.most)
        if (box.querySelectorAll('.tz-upload__file:not(.tz-upload__file--failed)').length >= most) {
          status.textContent = box.dataset.tooMany
          status.className = 'govuk-error-message'
          return
        }
        var row = new Row(box, file)
        if (file.size > Number(box.dataset.limit)) {
          row.look('failed')
          row.bar.remove()
          row.say(box.dataset.tooBig, true)
          row.button(box.dataset.remove, function () { row.item.remove() })
          return
        }
        last = last.then(function () { return row.send() })
      })
      input.value = ''
    })
  })
})()
